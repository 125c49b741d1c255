// Builds the .vsix and looks at what is in it: everything the extension needs, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const want = [
  'CHANGELOG.md', 'LICENSE', 'README.md', 'README.ta.md', 'icons/etamil.png', 'icons/qmz-dark.svg', 'icons/qmz-light.svg',
  'l10n/bundle.l10n.json', 'l10n/bundle.l10n.ta.json', 'language-configuration.json', 'out/extension.js', 'package.json',
  'package.nls.json', 'package.nls.ta.json', 'snippets/etamil.json', 'syntaxes/etamil.tmLanguage.json',
  'syntaxes/markdown.tmLanguage.json', 'walkthrough/install.md', 'walkthrough/new.md', 'walkthrough/run.md',
  'walkthrough/script.md', 'walkthrough/serve.md', 'walkthrough/type.md',
];

test('the package holds what it should, and little of it', () => {
  execFileSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const vsce = join(root, 'node_modules/.bin/vsce');
  const list = execFileSync(vsce, ['ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(list.sort(), want);
  const kilobytes = statSync(join(root, 'out/etamil.vsix')).size / 1024;
  assert.ok(kilobytes < 300, `${kilobytes} KB`);
});
