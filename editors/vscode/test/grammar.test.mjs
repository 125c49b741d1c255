// Golden tests of the TextMate grammars with the engine of VS Code: every token of test/grammar/* with its scopes.
// UPDATE=1 rewrites the goldens; read the difference.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const here = dirname(fileURLToPath(import.meta.url));
const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
await oniguruma.loadWASM(wasm);

const manifest = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8'));
// Stands for the Markdown grammar of VS Code, which the injection goes into.
const markdown = { scopeName: 'text.html.markdown', patterns: [{ match: '^#.*$', name: 'markup.heading.markdown' }] };

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  getInjections: (scope) => manifest.contributes.grammars.filter((g) => g.injectTo?.includes(scope)).map((g) => g.scopeName),
  loadGrammar: async (scope) => {
    if (scope === 'text.html.markdown') return markdown;
    const grammar = manifest.contributes.grammars.find((g) => g.scopeName === scope);
    return grammar && JSON.parse(readFileSync(join(here, '..', grammar.path), 'utf8'));
  },
});

/** Colours a text and lists its tokens: the text, then the scopes without the outermost. */
function colour(grammar, text) {
  let stack = textmate.INITIAL;
  const out = [];
  for (const line of text.split('\n')) {
    out.push(`>${line}`);
    const result = grammar.tokenizeLine(line, stack);
    for (const token of result.tokens) {
      const piece = line.slice(token.startIndex, token.endIndex);
      if (piece.trim() !== '') out.push(` ${piece}\t${token.scopes.slice(1).join(' ')}`);
    }
    stack = result.ruleStack;
  }
  return `${out.join('\n')}\n`;
}

for (const name of readdirSync(join(here, 'grammar')).filter((n) => !n.endsWith('.golden'))) {
  test(`colours of ${name}`, async () => {
    const grammar = await registry.loadGrammar(name.endsWith('.md') ? 'text.html.markdown' : 'source.etamil');
    const file = join(here, 'grammar', name);
    const got = colour(grammar, readFileSync(file, 'utf8').trimEnd());
    if (process.env.UPDATE) writeFileSync(`${file}.golden`, got);
    assert.equal(got, readFileSync(`${file}.golden`, 'utf8'));
  });
}

test('a reserved word inside a longer one has no colour', async () => {
  const grammar = await registry.loadGrammar('source.etamil');
  for (const word of ['எனில்லா', 'அஎனில்', '_if_x', 'eZil2', 'வரியை', 'எனில்\u200c']) {
    const [token] = grammar.tokenizeLine(`${word};`, textmate.INITIAL).tokens;
    assert.deepEqual(token.scopes, ['source.etamil', 'variable.other.etamil'], word);
  }
});
