// What people do in the chat, with a picture of each step.
// Usage: arattai.mjs ETAMIL FOLDER PICTURES; the folder is a copy of the example, which is edited.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { launch, take } from './steps.mjs';

const [etamil, folder, pictures] = process.argv.slice(2);
const wait = { timeout: Number(process.env.WAIT ?? 60_000) };

const free = createServer().listen(0, '127.0.0.1');
await once(free, 'listening');
const { port } = free.address();
free.close();
const base = `http://127.0.0.1:${port}`;

let log = '';
let server;

/** Starts `etamil dev` on the same port as always, and waits until it answers. */
async function start() {
  server = spawn(etamil, ['dev', '--port', String(port), folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const out of [server.stdout, server.stderr]) out.on('data', (data) => { log += data; });
  for (const end = Date.now() + wait.timeout; ;) {
    if (await fetch(base).then((answer) => answer.ok, () => false)) return;
    assert.ok(Date.now() < end && server.exitCode === null, `the server does not answer:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function stop() {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

await start();
const browser = await launch();

/** A window of somebody's own. What the page itself does wrong fails the test. */
async function person(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(wait.timeout);
  page.on('pageerror', (error) => { faults.push(error.message); });
  await page.goto(base);
  return page;
}
const faults = [];

async function enter(page, name) {
  await page.getByLabel('மற்றவர்கள் காணும் பெயர்').fill(name);
  await page.keyboard.press('Enter');
  await connected(page);
}

const connected = (page) => page.locator('#nilY[data-state="on"]').waitFor();

async function say(page, text) {
  await page.getByRole('textbox', { name: 'செய்தி', exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

const message = (page, text) => page.getByRole('log').locator('.words', { hasText: text });

/** Waits until a page's element has a text. */
const has = (page, selector, text) => page.waitForFunction(([s, t]) => document.querySelector(s)?.textContent === t, [selector, text], wait);

/** What `etamil dev` shows over a page while the program is broken. */
const overlay = (page) => page.getByRole('alert').filter({ hasText: 'palakY.qmz' });

/** Changes a file of the program as an editor does. */
function edit(file, from, to) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}

const kayal = await person();
const auvai = await person({ colorScheme: 'dark' });
const hard = 'கௌரி, ஸ்ரீ, கொடி: 👍🏽 𝒳 𑿀';
let shown = kayal;

const steps = {
  'a name that is too long is refused, with the reason': async () => {
    await kayal.getByLabel('மற்றவர்கள் காணும் பெயர்').fill('கௌ'.repeat(31));
    await kayal.keyboard.press('Enter');
    await kayal.getByRole('alert').filter({ hasText: '30 எழுத்து' }).waitFor();
  },
  'two people see each other': async () => {
    await enter(kayal, 'கயல்விழி');
    await enter(auvai, 'ஔவை 👍🏽');
    for (const page of [kayal, auvai]) {
      await page.locator('#iruppavarkaL li', { hasText: 'கயல்விழி' }).waitFor();
      await page.locator('#iruppavarkaL li', { hasText: 'ஔவை 👍🏽' }).waitFor();
      await has(page, '#iruppu', '2');
    }
  },
  'one sees that the other writes': async () => {
    await auvai.getByRole('textbox', { name: 'செய்தி', exact: true }).pressSequentially('வணக்கம்', { delay: 20 });
    await kayal.locator('#qattaccu', { hasText: 'ஔவை 👍🏽 எழுதுகிறார்' }).waitFor();
  },
  'Tamil comes as it was written': async () => {
    await say(auvai, hard);
    await message(kayal, hard).waitFor();
    assert.equal(await message(kayal, hard).innerText(), hard);
    await say(kayal, 'முதல் வரி\nஇரண்டாம் வரி');
    assert.equal(await message(auvai, 'முதல் வரி').innerText(), 'முதல் வரி\nஇரண்டாம் வரி');
  },
  'numbers keep their zeros, tags stay text': async () => {
    await say(kayal, '007');
    await say(kayal, '<img src=x onerror="document.title=1">');
    await message(auvai, '<img src=x').waitFor();
    assert.equal(await message(auvai, '007').innerText(), '007');
    assert.equal(await auvai.locator('#pEccu img').count(), 0);
  },
  'the board is live': async () => {
    for (const page of [kayal, auvai]) {
      await has(page, '#moqqam', '4');
      await page.locator('#aNmY li', { hasText: hard }).waitFor();
    }
  },
  'what is too long is refused, and stays': async () => {
    await say(kayal, 'அ'.repeat(2001));
    await kayal.getByRole('alert').filter({ hasText: '2000' }).waitFor();
  },
  'a new room is there for everybody at once': async () => {
    await kayal.getByLabel('புதிய அறையின் பெயர்').fill('கவிதை 𝒳');
    await kayal.keyboard.press('Enter');
    await has(kayal, '#aRY-qalYppu', 'கவிதை 𝒳');
    await connected(kayal);
    await auvai.getByRole('button', { name: 'கவிதை 𝒳' }).click();
    await connected(auvai);
    await say(auvai, 'யாமறிந்த மொழிகளிலே');
    await message(kayal, 'யாமறிந்த மொழிகளிலே').waitFor();
    assert.equal(await message(kayal, hard).count(), 0);
  },
  'rooms that cannot be are refused': async () => {
    for (const [name, why] of [['சமையல்', 'உள்ளது'], ['அ/ஆ', '/']]) {
      await auvai.getByLabel('புதிய அறையின் பெயர்').fill(name);
      await auvai.keyboard.press('Enter');
      await auvai.getByRole('alert').filter({ hasText: why }).waitFor();
    }
  },
  'another program sends by gRPC': async () => {
    const answer = await kayal.evaluate(async () => {
      const body = JSON.stringify({ 'அறை': 'கவிதை 𝒳', 'பெயர்': 'பாரதி', 'செய்தி': 'காணி நிலம் வேண்டும் 👍🏽' });
      const got = await fetch('/arattY/aZuppu', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      return { status: got.status, body: await got.text() };
    });
    assert.equal(answer.status, 200, answer.body);
    for (const page of [kayal, auvai]) await message(page, 'காணி நிலம் வேண்டும் 👍🏽').waitFor();
  },
  'history comes in pages': async () => {
    await kayal.evaluate(async () => {
      for (let i = 1; i <= 60; i++) {
        const body = JSON.stringify({ 'அறை': 'சமையல்', 'பெயர்': 'சமையற்காரர்', 'செய்தி': `குறிப்பு ${i}.` });
        await fetch('/arattY/aZuppu', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      }
    });
    await kayal.getByRole('button', { name: 'சமையல்' }).click();
    await message(kayal, 'குறிப்பு 60.').waitFor();
    assert.equal(await message(kayal, 'குறிப்பு 9.').count(), 0);
    await kayal.getByRole('button', { name: 'முந்தைய செய்திகள்' }).click();
    await message(kayal, 'குறிப்பு 1.').waitFor();
    assert.equal(await kayal.locator('#pEccu li').count(), 60);
    await kayal.locator('#pazYyavY').waitFor({ state: 'hidden' });
  },
  'a changed program reloads the page': async () => {
    await kayal.evaluate(() => { globalThis.before = true; });
    edit('qaLam.qmz', '"சமையல்"', '"சமையல்", "விளையாட்டு"');
    await kayal.waitForFunction(() => !globalThis.before, undefined, wait);
    await kayal.getByRole('button', { name: 'விளையாட்டு' }).waitFor();
    await connected(kayal);
    await message(kayal, 'குறிப்பு 60.').waitFor();
  },
  'a broken program is shown over the page, which goes on': async () => {
    edit('palakY.qmz', 'செயல் பலகை_நிலை() {', 'செயல் பலகை_நிலை( {');
    for (const page of [kayal, auvai]) await overlay(page).waitFor();
    assert.equal((await fetch(`${base}/aRYkaL`)).status, 200);
  },
  'once mended, the page is back': async () => {
    edit('palakY.qmz', 'செயல் பலகை_நிலை( {', 'செயல் பலகை_நிலை() {');
    await overlay(kayal).waitFor({ state: 'hidden' });
    await connected(kayal);
    await connected(auvai);
    await auvai.getByRole('button', { name: 'சமையல்' }).click();
    await connected(auvai);
    await say(auvai, 'இன்னும் இருக்கிறோம்');
    await message(kayal, 'இன்னும் இருக்கிறோம்').waitFor();
  },
  'a server that went away is found again': async () => {
    await stop();
    await kayal.locator('#nilY', { hasText: 'மீண்டும் இணைகிறது' }).waitFor();
    assert.ok(await kayal.getByRole('textbox', { name: 'செய்தி', exact: true }).isDisabled());
    await start();
    await connected(kayal);
    await connected(auvai);
    await say(kayal, 'திரும்பி வந்தோம்');
    await message(auvai, 'திரும்பி வந்தோம்').waitFor();
  },
  'who leaves is gone': async () => {
    await auvai.context().close();
    await has(kayal, '#iruppu', '1');
    assert.equal(await kayal.locator('#iruppavarkaL li', { hasText: 'ஔவை' }).count(), 0);
  },
  'a small screen has it all': async () => {
    shown = await person({ viewport: { width: 390, height: 844 } });
    await enter(shown, 'அகர முதல');
    await say(shown, 'சிறு திரையிலிருந்து');
    await message(shown, 'சிறு திரையிலிருந்து').waitFor();
    assert.ok(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the screen');
  },
  'the page itself made no mistake': async () => {
    assert.deepEqual(faults, []);
  },
};

try {
  await take(steps, pictures, () => shown);
} catch (error) {
  console.log(log.split('\n').slice(-40).join('\n'));
  throw error;
} finally {
  await browser.close();
  await stop();
}
