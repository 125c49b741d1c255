// The parts of the extension that can be tried without an editor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';

/** A stand-in for `vscode` in which the setting etamil.language and the language of the window are these. */
const vscode = (setting, window) =>
  `module.exports = { env: { language: '${window}' }, workspace: { getConfiguration: () => ({ get: () => '${setting}' }) } }`;

test('the other script is the one that fewer letters of the code are in', async () => {
  const { otherScript } = await load('script');
  for (const [program, want] of [
    ['அச்சு 1;', 'roman'],
    ['accu "வணக்கம் 𝒳";', 'tamil'],
    ['accu 1; // தமிழில் ஒரு நீண்ட குறிப்பு', 'tamil'],
    ['அச்சு "a long English text";', 'roman'],
    ['accu "x \\" தமிழ்";', 'tamil'],
    ['', 'roman'],
  ]) {
    assert.equal(otherScript(program), want, program);
  }
});

for (const [setting, window, want] of [
  ['auto', 'ta', 'நின்றுள்ளது'],
  ['auto', 'en-GB', 'stopped'],
  ['auto', 'fr', 'நின்றுள்ளது  (stopped)'],
  ['ta', 'en', 'நின்றுள்ளது'],
  ['both', 'en', 'நின்றுள்ளது  (stopped)'],
]) {
  test(`says it in the language of ${setting} and ${window}`, async () => {
    const { say } = await load('text', vscode(setting, window));
    assert.equal(say('stopped'), want);
  });
}

test('fills in what a message is about, as it is', async () => {
  const { say } = await load('text', vscode('both', 'en'));
  const told = say('{0} cannot be used: {1}', '/𝒳/$1', '{0}');
  assert.equal(told, '/𝒳/$1 என்பதைப் பயன்படுத்த முடியவில்லை: {0}  (/𝒳/$1 cannot be used: {0})');
});

test('the grammar keeps the colours of what it knows better than the server', async () => {
  const { plain } = await load('colours');
  assert.deepEqual(plain(['keyword', 'function', 'string', 'struct']), ['keywordOfGrammar', 'function', 'stringOfGrammar', 'struct']);
});

test('tells the server that signatures can be shown, beside whatever else is told', async () => {
  const { showsSignatures } = await load('hints');
  const capabilities = { experimental: { other: true } };
  showsSignatures.fillClientCapabilities(capabilities);
  assert.deepEqual(capabilities.experimental, { other: true, commands: { commands: ['editor.action.triggerParameterHints'] } });
});
