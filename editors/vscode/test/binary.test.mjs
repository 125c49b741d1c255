// Where the binary is looked for, and what is made of its answers.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from './bundle.mjs';

const { find, has, run, version } = await load('binary');
const places = { setting: '', folders: ['/ws/கடை'], path: '/usr/bin:/opt/தமிழ்', home: '/home/a', windows: false };

for (const [what, change, there, want] of [
  ['PATH, in its order', {}, ['/opt/தமிழ்/etamil', '/ws/கடை/bin/etamil'], '/opt/தமிழ்/etamil'],
  ['the folder of Go', {}, ['/home/a/go/bin/etamil'], '/home/a/go/bin/etamil'],
  ['the workspace', {}, ['/ws/கடை/bin/etamil'], '/ws/கடை/bin/etamil'],
  ['no workspace that is not trusted', { folders: [] }, ['/ws/கடை/bin/etamil'], undefined],
  ['the setting before PATH', { setting: '/x/𝒳/etamil' }, ['/usr/bin/etamil', '/x/𝒳/etamil'], '/x/𝒳/etamil'],
  ['the setting and nothing else', { setting: '/x/etamil' }, ['/usr/bin/etamil'], undefined],
  ['~ in the setting', { setting: '~/bin/etamil' }, ['/home/a/bin/etamil'], '/home/a/bin/etamil'],
  ['${workspaceFolder} in the setting', { setting: '${workspaceFolder}/etamil' }, ['/ws/கடை/etamil'], '/ws/கடை/etamil'],
]) {
  test(`finds ${what}`, () => {
    const found = find({ ...places, ...change }, (path) => there.includes(path));
    assert.equal(found.file, want);
    if (want === undefined) assert.ok(found.looked.length > 0);
  });
}

/** Writes a program that stands for etamil. */
function program(script) {
  const file = join(mkdtempSync(join(tmpdir(), 'etamil-')), 'etamil');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

test('reads the version', async () => {
  assert.equal(await version(program(`echo '{"version":"v1.2.3"}'`)), 'v1.2.3');
});

test('a program that is no etamil has no version', async () => {
  for (const script of ['echo hello', 'exit 3', `echo '{"version":5}'`, `echo 'null'`]) {
    assert.equal(await version(program(script)), undefined, script);
  }
  assert.equal(await version('/no/such/etamil'), undefined);
});

test('asks for a command by its help', async () => {
  const file = program('[ "$1 $2" = "help lsp" ]');
  assert.equal(await has(file, 'lsp'), true);
  assert.equal(await has(file, 'test'), false);
});

test('gives the input, and both outputs with the exit code', async () => {
  assert.deepEqual(await run(program('cat; echo பிழை >&2; exit 1'), [], 'வணக்கம் 👍🏽'), { code: 1, out: 'வணக்கம் 👍🏽', err: 'பிழை\n' });
  assert.equal((await run(program('exit 0'), [], 'x'.repeat(1 << 20))).code, 0);
  await assert.rejects(run('/no/such/etamil', []));
});
