// What package.json promises is there: files, texts in both languages, commands with their code.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const text = (file) => readFileSync(join(root, file), 'utf8');
const json = (file) => JSON.parse(text(file));
const manifest = json('package.json');
const source = readdirSync(join(root, 'src')).map((name) => text(`src/${name}`)).join('\n');

/** Every string of a value, at any depth. */
function* strings(value) {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* strings(inner);
}

const hasTamil = (s) => /[\u0b80-\u0bff]/.test(s);

test('every text of the manifest is there in English and Tamil, and none is left over', () => {
  const used = [...strings(manifest)].filter((s) => /^%.*%$/.test(s)).map((s) => s.slice(1, -1)).sort();
  const [english, tamil] = [json('package.nls.json'), json('package.nls.ta.json')];
  assert.deepEqual(Object.keys(english).sort(), [...new Set(used)]);
  assert.deepEqual(Object.keys(tamil).sort(), Object.keys(english).sort());
  for (const [key, value] of Object.entries(tamil)) assert.ok(hasTamil(value), `${key} is not Tamil`);
});

test('every message of the code is in the bundles, and none is left over', () => {
  const [english, tamil] = [json('l10n/bundle.l10n.json'), json('l10n/bundle.l10n.ta.json')];
  assert.deepEqual(Object.keys(english).sort(), Object.keys(tamil).sort());
  for (const [key, value] of Object.entries(tamil)) {
    assert.ok(hasTamil(value), key);
    assert.deepEqual(value.match(/\{\d\}/g), key.match(/\{\d\}/g), key);
    const written = [`'${key}'`, `\`${key}\``];
    assert.ok(written.some((form) => source.includes(form)), `nobody says ${key}`);
  }
});

test('every setting has a title, a default and texts', () => {
  for (const group of manifest.contributes.configuration) {
    for (const [name, setting] of Object.entries(group.properties)) {
      assert.match(name, /^etamil\.[a-zA-Z.]+$/);
      assert.notEqual(setting.default, undefined, name);
      assert.match(setting.markdownDescription, /^%config\./, name);
      if (setting.enum) assert.equal(setting.enum.length, setting.enumDescriptions?.length ?? setting.enum.length, name);
    }
  }
});

test('the settings are those of the server, with its defaults, and three of our own', () => {
  const told = new Map();
  for (const [, name, value] of text('../../docs/lsp.md').matchAll(/^\| `(etamil\.[a-zA-Z.]+)` \| `?([^`|]+?)`? \|/gm)) told.set(name, value);
  const ours = new Map(manifest.contributes.configuration.flatMap((group) => Object.entries(group.properties)).map(([name, { default: value }]) => [name, String(value)]));
  for (const name of ['etamil.path', 'etamil.logFile', 'etamil.trace.server']) assert.ok(ours.delete(name), name);
  assert.equal(ours.get('etamil.language'), 'auto');
  ours.delete('etamil.language');
  for (const [name, value] of ours) assert.equal(told.get(name), value, name);
  const settings = [...told.keys()].filter((name) => told.get(name).match(/^(true|false|auto|open)$/));
  assert.deepEqual(settings.sort(), [...ours.keys()].sort());
});

test('every command is registered by the code, and menus, keys and walkthroughs call no other', () => {
  const commands = manifest.contributes.commands.map((c) => c.command);
  for (const command of commands) {
    const short = command.replace('etamil.', '');
    assert.ok(source.includes(`'${command}'`) || source.includes(`('${short}'`), `${command} has no code`);
  }
  const called = [...strings([manifest.contributes.menus, manifest.contributes.keybindings]), ...strings(json('package.nls.json'))];
  for (const s of called) {
    for (const [command] of s.matchAll(/(?<=^|command:)etamil\.[a-zA-Z]+/g)) {
      if (!['etamil.serving', 'etamil.canTest'].includes(command)) assert.ok(commands.includes(command), command);
    }
  }
});

test('the commands of tests are hidden until there is `etamil test`', () => {
  for (const menu of Object.values(manifest.contributes.menus).flat()) {
    if (/test/i.test(menu.command)) assert.match(menu.when, /etamil\.canTest/);
  }
  assert.match(manifest.contributes.commands.find((c) => c.command === 'etamil.testFile').enablement, /etamil\.canTest/);
});

test('every file that is named exists', () => {
  for (const s of strings([manifest.contributes, manifest.icon])) {
    if (/^(\.\/)?[\w-]+\/[\w./-]+\.(json|svg|png|md)$/.test(s)) assert.ok(existsSync(join(root, s)), s);
  }
});

test('words are what the language calls names', () => {
  const { pattern, flags } = json('language-configuration.json').wordPattern;
  const word = new RegExp(pattern, `${flags}g`);
  assert.deepEqual('எனில் (கொள்_2 + "𑿀") eZil _if 12'.match(word), ['எனில்', 'கொள்_2', 'eZil', '_if']);
  assert.deepEqual('க்\u200cஷ ஸ்ரீ 👍🏽'.match(word), ['க்\u200cஷ', 'ஸ்ரீ']);
});

test('the problem matcher reads what `etamil check --format short` writes', () => {
  const [pattern] = manifest.contributes.problemPatterns;
  const match = new RegExp(pattern.regexp).exec("கடை/main.qmz:3:11: W0028: '20' க்குப் பின்: ';' விடுபட்டுள்ளது  (a ';' is missing)");
  assert.equal(match[pattern.file], 'கடை/main.qmz');
  assert.equal(match[pattern.line], '3');
  assert.equal(match[pattern.code], 'W0028');
  assert.equal(match[pattern.severity], 'W');
  assert.match(match[pattern.message], /^'20'/);
  assert.equal(new RegExp(pattern.regexp).exec('✗ கோப்புகள் 1, பிழைகள் 1'), null);
});

test('lines are indented after what opens a block and before what closes one', () => {
  const rules = json('language-configuration.json').indentationRules;
  const more = new RegExp(rules.increaseIndentPattern);
  for (const line of ['செயல் f() {', '(அ > 1) எனில் { // குறிப்பு'.slice(0, 15), 'ப = [', 'f(']) assert.match(line, more);
  for (const line of ['{ }', 'அச்சு "{";', '// {', 'அச்சு 1;']) assert.doesNotMatch(line, more);
  assert.match('  } இன்றேல் {', new RegExp(rules.decreaseIndentPattern));
});

test('the licence is that of the repository', () => {
  assert.equal(text('LICENSE'), text('../../LICENSE'));
});
