// What somebody does who writes eTamil in VS Code, with a picture of each step.
// Usage: drive.mjs PORT FOLDER PICTURES; the folder holds workspace/ and bin/etamil, which is not on PATH.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, take } from './steps.mjs';

const [port, folder, pictures] = process.argv.slice(2);
const workspace = join(folder, 'workspace');
const wait = { timeout: Number(process.env.WAIT ?? 120_000) };

writeFileSync(join(workspace, 'wrong.qmz'), 'அச்சு "𝒳👍🏽";\nஎண் தவறானது = "சொல்";\n');

writeFileSync(join(workspace, 'ill.qmz'), 'அச்சு 2\nஅச்சு 3;\n');

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

/** Opens a file by its address, which is VS Code's own way to a fresh window. */
async function open(file) {
  const payload = encodeURIComponent(JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${port}${join(workspace, file)}`]]));
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}&payload=${payload}`;
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(url);
      break;
    } catch (error) {
      if (tries > 60) throw error; // the server is still starting
      await page.waitForTimeout(500);
    }
  }
  await page.locator('.monaco-editor .view-line').first().waitFor(wait);
}

/** The line of the editor that holds a text. Its letters are in many spans, and its spaces are no-break ones. */
const line = (text) => page.locator('.editor-instance .view-line', { hasText: new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')) });

/** Runs a command of the palette. */
async function command(title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor(wait);
  await page.keyboard.press('Enter');
}

/** Puts the cursor at a line and column, both from 1. */
async function go(row, column) {
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input').fill(`:${row}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden', ...wait });
}

/** Rests the mouse on a piece of a line until a hover with a text comes: the server may still be starting. */
async function hover(of, piece, text) {
  const shown = page.locator('.monaco-hover', { hasText: text });
  const spot = line(of).locator('span span', { hasText: piece }).first();
  const end = Date.now() + wait.timeout;
  do {
    await page.mouse.move(5, 5);
    await spot.hover();
    await shown.first().waitFor({ timeout: 5000 }).catch(() => undefined);
  } while (!(await shown.first().isVisible()) && Date.now() < end);
  return shown.first().innerText();
}

const rows = readFileSync(join(workspace, 'main.qmz'), 'utf8').split('\n');
const rowOf = (text) => rows.findIndex((r) => r.includes(text)) + 1;

/** The colour of a piece of a line. */
async function colour(of, piece) {
  return line(of).first().locator('span span', { hasText: piece }).first().evaluate((span) => getComputedStyle(span).color);
}

const steps = {
  'a missing toolchain is told of, with the cure': async () => {
    await open('main.qmz');
    const message = page.locator('.notification-toast', { hasText: 'etamil.path' });
    await message.waitFor(wait);
    assert.equal(await message.locator('.notification-list-item-buttons-container .monaco-button').count(), 3);
  },
  'the setting is the cure': async () => {
    mkdirSync(join(workspace, '.vscode'));
    writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify({ 'etamil.path': join(folder, 'bin/etamil') }));
    await open('main.qmz');
    await page.locator('[id="status.languageStatus"]').click();
    await page.locator('.hover-language-status', { hasText: join(folder, 'bin/etamil') }).waitFor(wait);
  },
  'colours tell keywords, names, texts and numbers apart': async () => {
    const plain = await colour('செயல் மும்மடங்கு', 'அளவு');
    const colours = [await colour('செயல் மும்மடங்கு', 'செயல்'), await colour('பதில் 200', '200'), await colour('"𝒳👍🏽𑿀"', '𝒳')];
    assert.equal(new Set([plain, ...colours]).size, 4, [plain, ...colours].join(' '));
  },
  'a fault has its squiggle and its text': async () => {
    await open('wrong.qmz');
    await page.locator('.squiggly-error').first().waitFor(wait);
    assert.match(await hover('தவறானது', 'தவறானது', 'E0101'), /அறிவிக்கப்பட்டது[^]*declared/);
  },
  'a cure is offered and done': async () => {
    await open('ill.qmz');
    await page.locator('.squiggly-error').first().waitFor(wait);
    await line('அச்சு 2').first().click();
    await page.locator('[class*="codicon-gutter-lightbulb"]').first().waitFor(wait);
    await page.keyboard.press('Control+Period');
    const cure = page.locator('.action-widget .monaco-list-row', { hasText: ';' }).first();
    await cure.waitFor(wait);
    await cure.click();
    await line('அச்சு 2;').first().waitFor(wait);
    await page.keyboard.press('Control+s');
  },
  'lenses and hints stand in the program': async () => {
    await open('main.qmz');
    await page.locator('.codelens-decoration', { hasText: 'இயக்கு' }).first().waitFor(wait);
    await line('சேமிப்பு.அசல்').filter({ hasText: 'அளவு:' }).first().waitFor(wait);
  },
  'hover explains a function': async () => {
    assert.match(await hover('சேமிப்பு.அசல்', 'இரட்டி', 'twice a number'), /இரட்டி/);
  },
  'a definition is gone to': async () => {
    await page.mouse.move(5, 5);
    await line('சேமிப்பு.அசல்').locator('span span', { hasText: 'இரட்டி' }).first().click();
    await page.keyboard.press('F12');
    await page.locator('[id="status.editor.selection"]', { hasText: new RegExp(`${rowOf('செயல் இரட்டி')}\\D`) }).waitFor(wait);
  },
  'Latin keys complete Tamil': async () => {
    await go(rows.length, 1);
    await page.keyboard.type('nILa', { delay: 80 });
    const row = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'நீளம்' }).first();
    await row.waitFor(wait);
  },
  'the completion is taken': async () => {
    await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'நீளம்' }).first().click();
    await line('நீளம்').first().waitFor(wait);
    await page.keyboard.press('Escape');
  },
  'saving lays the program out': async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('அச்சு   "𝒳👍🏽"&1 ;\nசெயல் f( ){\nதிரும்பு 2;\n}\n');
    await page.keyboard.press('Control+s');
    await line('அச்சு "𝒳👍🏽" & 1;').first().waitFor(wait);
    assert.match(await line('திரும்பு 2;').first().innerText(), /^\s{4}திரும்பு/);
  },
  'the program runs': async () => {
    await command('eTamil: Run This Program');
    await page.locator('.xterm-rows', { hasText: '𝒳' }).first().waitFor(wait);
  },
  'the other script is shown beside': async () => {
    await page.locator('.editor-instance .view-line').first().click();
    await command('eTamil: Show This Program in the Other Script');
    await line('accu "𝒳👍🏽" & 1;').first().waitFor(wait);
  },
  'it follows what is typed': async () => {
    await page.locator('.editor-instance .view-line').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('அச்சு "𑿀" & 3;\n');
    await line('accu "𑿀" & 3;').first().waitFor(wait);
  },
};

await take(steps, pictures, () => page).finally(() => browser.close());
