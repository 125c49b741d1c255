// Texts and what is found in them: encodings, edits, diagnostics.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { protocol } from '../client.mjs';

export function texts({ client, main, binary, encoding }) {
  const wrong = 'அச்சு "𝒳👍🏽"; எண் தவறானது = "சொல்";\n';
  const pull = (document, previousResultId) =>
    client.request('textDocument/diagnostic', { textDocument: document.id, ...(previousResultId && { previousResultId }) });
  let broken;
  return [
    ['chooses the encoding', () => assert.equal(client.encoding, encoding)],
    ['says its name and version', () => assert.match(client.answer.serverInfo.name, /etamil/i)],
    ['registers for changes of files', () => client.until('registration', () => client.registered.has('workspace/didChangeWatchedFiles'))],
    ['finds nothing wrong in a right program', async () => assert.deepEqual((await pull(main)).items, [])],
    [
      'answers diagnostics of a document, where the fault is',
      async () => {
        broken = await client.open('broken.qmz', wrong);
        const report = await pull(broken);
        assert.equal(report.kind, 'full');
        const [error] = report.items.filter((d) => d.severity === 1);
        assert.match(error.code, /^E\d{4}$/);
        assert.equal(broken.in(error.range), 'தவறானது');
        assert.match(error.message, /[\u0b80-\u0bff]/);
        assert.match(error.codeDescription.href, new RegExp(error.code, 'i'));
        assert.equal((await pull(broken, report.resultId)).kind, 'unchanged');
      },
    ],
    [
      'speaks another language as soon as the setting says so',
      async () => {
        client.settings = { ...client.settings, language: 'en' };
        await client.notify('workspace/didChangeConfiguration', { settings: {} });
        const english = async () => (await pull(broken)).items.every((d) => !d.message.includes('அறிவிக்கப்பட்டது'));
        for (let tries = 0; tries < 1200 && !(await english()); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
        assert.ok(await english());
        client.settings = { ...client.settings, language: 'both' };
        await client.notify('workspace/didChangeConfiguration', { settings: {} });
      },
    ],
    [
      'finds nothing any more after the edit that cures it',
      async () => {
        await broken.edit(broken.range('"சொல்"'), '7');
        await client.notify('textDocument/didSave', { textDocument: broken.id });
        assert.deepEqual((await pull(broken)).items.filter((d) => d.severity === 1), []);
      },
    ],
    [
      'streams the diagnostics of the workspace',
      async () => {
        await broken.edit(broken.range('7'), '"சொல்"');
        const seen = new Map();
        const token = 'பகுதி';
        const heard = client.connection.onProgress(new protocol.ProgressType(), token, ({ items }) => {
          for (const item of items) seen.set(item.uri, item);
        });
        const rest = await client.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: token });
        for (const item of rest.items) seen.set(item.uri, item);
        heard.dispose();
        assert.ok([...seen.values()].some((r) => r.items.some((d) => broken.in(d.range) === 'தவறானது')));
        assert.ok(seen.has(client.uri('கணக்கு.qmz')), 'a file that is not open');
      },
    ],
    [
      'reads a file again that changed on the disk',
      async () => {
        const file = join(client.root, 'கணக்கு.qmz');
        const changed = (type) => client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('கணக்கு.qmz'), type }] });
        renameSync(file, `${file}.away`);
        await changed(3);
        assert.notDeepEqual((await pull(main)).items, []);
        renameSync(`${file}.away`, file);
        await changed(1);
        assert.deepEqual((await pull(main)).items, []);
      },
    ],
    [
      'looks through a folder that is added, and forgets it when it is removed',
      async () => {
        const folder = join(client.root, '..', `etamil-கூடுதல்-${process.pid}-${encoding}`);
        mkdirSync(folder);
        writeFileSync(join(folder, 'கூடுதல்.qmz'), 'செயல் தொலைவில்() { }\n');
        const added = { uri: pathToFileURL(folder).href, name: 'கூடுதல்' };
        const found = async () => (await client.request('workspace/symbol', { query: 'தொலைவில்' })).length > 0;
        const becomes = async (wanted) => {
          for (let tries = 0; tries < 1200 && (await found()) !== wanted; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
          assert.equal(await found(), wanted);
        };
        await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [added], removed: [] } });
        await becomes(true);
        await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [added] } });
        await becomes(false);
        rmSync(folder, { recursive: true });
      },
    ],
    [
      'closes a text, and goes on with the file',
      async () => {
        writeFileSync(join(client.root, 'broken.qmz'), 'அச்சு 1;\n');
        await client.notify('textDocument/didClose', { textDocument: broken.id });
        await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: broken.uri, type: 1 }] });
        assert.deepEqual((await pull(broken)).items, []);
      },
    ],
    [
      'has the same text as we have after 300 random edits',
      async () => {
        const storm = await client.open('storm.qmz', 'அச்சு "𝒳";\n');
        const mirror = TextDocument.create(storm.uri, 'etamil', 1, storm.text);
        const next = random(42);
        const pieces = ['அச்சு "க்ஷ";\n', '// 👍🏽 𑿀\n', 'x = 1;\r\n', 'ஸ்ரீ = "கொ";\n', '', '"', '{', '}', 'எ', '\u0bcd', '𝒳'];
        for (let i = 0; i < 300; i++) {
          const letters = boundaries(storm.text);
          const from = next(letters.length);
          const to = Math.min(from + next(6), letters.length - 1);
          const range = { start: storm.position(letters[from]), end: storm.position(letters[to]) };
          const text = pieces[next(pieces.length)];
          if (encoding === 'utf-16') TextDocument.update(mirror, [{ range, text }], i + 2);
          await storm.edit(range, text);
        }
        if (encoding === 'utf-16') assert.equal(storm.text, mirror.getText());
        const tail = 'அச்சு   "முடிவு" ;\n';
        await storm.edit(storm.whole, tail + storm.text.replace(/["{}]/g, '').replace(/[^\n]+/g, '//$&'));
        const edits = await client.request('textDocument/formatting', { textDocument: storm.id, options: { tabSize: 4, insertSpaces: true } });
        const laidOut = execFileSync(binary, ['fmt', '-'], { input: storm.text, encoding: 'utf8' });
        assert.equal(storm.after(edits), laidOut);
        await client.notify('textDocument/didClose', { textDocument: storm.id });
      },
    ],
  ];
}

/** Numbers below n that are the same in every run. */
function random(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** The indexes of a text between its code points, but not inside a line's end. */
function boundaries(text) {
  const all = [0];
  for (const letter of text) all.push(all.at(-1) + letter.length);
  return all.filter((i) => !(text[i - 1] === '\r' && text[i] === '\n'));
}
