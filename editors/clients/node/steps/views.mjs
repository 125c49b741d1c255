// How a text is shown: colours, hints, folds, selections, lenses, pages of the server's own.
import assert from 'node:assert/strict';

export function views({ client, main }) {
  const whole = () => ({ textDocument: main.id, range: main.whole });
  /** The tokens of an answer, each with its text. */
  const decode = (data) => {
    const { tokenTypes } = client.answer.capabilities.semanticTokensProvider.legend;
    const tokens = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      line += data[i];
      character = data[i] ? data[i + 1] : character + data[i + 1];
      const range = { start: { line, character }, end: { line, character: character + data[i + 2] } };
      tokens.push({ text: main.in(range), type: tokenTypes[data[i + 3]], line });
    }
    return tokens;
  };
  const full = () => client.request('textDocument/semanticTokens/full', { textDocument: main.id });
  return [
    [
      'colours names by what they are',
      async () => {
        const tokens = decode((await full()).data);
        const line = main.position(main.find('"𝒳👍🏽𑿀"')).line;
        const on = tokens.filter((t) => t.line === line);
        assert.equal(on.find((t) => t.text === 'இரட்டி')?.type, 'function', JSON.stringify(on));
        assert.equal(on.find((t) => t.text === 'அசல்')?.type, 'property');
      },
    ],
    [
      'tells what changed in the colours',
      async () => {
        const before = await full();
        await main.edit(main.range('இரட்டி(21)'), 'மும்மடங்கு(21)');
        const delta = await client.request('textDocument/semanticTokens/full/delta', { textDocument: main.id, previousResultId: before.resultId });
        const patched = [...before.data];
        for (const e of [...delta.edits].sort((a, b) => b.start - a.start)) patched.splice(e.start, e.deleteCount, ...(e.data ?? []));
        assert.deepEqual(patched, (await full()).data);
        await main.edit(main.range('மும்மடங்கு(21)'), 'இரட்டி(21)');
      },
    ],
    [
      'colours a part alone',
      async () => {
        const range = main.range('அச்சு "𝒳👍🏽𑿀" & இரட்டி(சேமிப்பு.அசல்);');
        const { data } = await client.request('textDocument/semanticTokens/range', { textDocument: main.id, range });
        const tokens = decode(data);
        assert.ok(tokens.length > 0 && tokens.every((t) => t.line === range.start.line));
      },
    ],
    [
      'hints at types and parameters',
      async () => {
        const hints = await client.request('textDocument/inlayHint', whole());
        const label = (h) => (typeof h.label === 'string' ? h.label : h.label.map((p) => p.value).join(''));
        const at = main.position(main.find('"𝒳👍🏽𑿀" & இரட்டி(|சேமிப்பு'));
        assert.ok(hints.some((h) => h.kind === 2 && label(h).includes('அளவு') && h.position.line === at.line && h.position.character === at.character), JSON.stringify(hints));
        const type = hints.find((h) => h.kind === 1);
        assert.ok((await client.request('inlayHint/resolve', type)).tooltip, 'what a hint at a type says');
      },
    ],
    [
      'folds functions and shapes',
      async () => {
        const folds = await client.request('textDocument/foldingRange', { textDocument: main.id });
        const start = main.position(main.find('வடிவம் கணக்கு')).line;
        assert.ok(folds.some((f) => f.startLine === start), JSON.stringify(folds));
      },
    ],
    [
      'widens a selection from a letter to the file, never through a letter',
      async () => {
        const [answer] = await client.request('textDocument/selectionRange', { textDocument: main.id, positions: [main.position(main.find('& இரட்|டி(சேமிப்பு'))] });
        const texts = [];
        for (let s = answer; s; s = s.parent) texts.push(main.in(s.range));
        assert.ok(texts.includes('இரட்டி'), texts[0]);
        for (let i = 1; i < texts.length; i++) assert.ok(texts[i].includes(texts[i - 1]) && texts[i] !== texts[i - 1]);
        for (const t of texts) assert.doesNotMatch(t, /^\p{M}/u);
      },
    ],
    [
      'offers to run the program and to open its route',
      async () => {
        const lenses = await client.request('textDocument/codeLens', { textDocument: main.id });
        const commands = [];
        for (const lens of lenses) commands.push((lens.command ? lens : await client.request('codeLens/resolve', lens)).command.command);
        assert.ok(commands.includes('etamil.runFile'), String(commands));
        assert.ok(commands.includes('etamil.showReferences'), String(commands));
      },
    ],
    [
      'shows the program in the other script',
      async () => {
        const [scheme] = client.answer.capabilities.workspace.textDocumentContent.schemes;
        const { text } = await client.request('workspace/textDocumentContent', { uri: `${scheme}:/roman/${encodeURIComponent(main.uri)}` });
        assert.match(text, /^iRakku "கணக்கு\.qmz";[^]*accu "𝒳" & /);
      },
    ],
    [
      'tells of a view that has changed',
      async () => {
        const [scheme] = client.answer.capabilities.workspace.textDocumentContent.schemes;
        const uri = `${scheme}:/roman/${encodeURIComponent(main.uri)}`;
        const { text } = main;
        const shown = async () => (await client.request('workspace/textDocumentContent', { uri })).text;
        const before = await shown();
        const known = client.refreshed.length;
        await main.edit(main.whole, `${text}அச்சு "👍🏽";\n`);
        await client.until('a refresh', () => client.refreshed.length > known);
        assert.match(client.refreshed.at(-1), /^etamil-doc:\/roman\//);
        assert.equal(await shown(), `${before}accu "👍🏽";\n`);
        await main.edit(main.whole, text);
      },
    ],
    [
      'shows the page that explains a code',
      async () => {
        const [scheme] = client.answer.capabilities.workspace.textDocumentContent.schemes;
        const { text } = await client.request('workspace/textDocumentContent', { uri: `${scheme}:/explain/E0106.md` });
        assert.match(text, /E0106/);
      },
    ],
    [
      'edits the uses of a name together',
      async () => {
        const linked = await client.request('textDocument/linkedEditingRange', main.at('இரட்டி(|அளவு)'));
        assert.deepEqual(linked.ranges.map((range) => main.in(range)), ['அளவு', 'அளவு', 'அளவு']);
        const all = await client.request('textDocument/linkedEditingRange', main.at('|இரட்டி(அளவு)'));
        assert.ok(all === null || all.ranges.every((range) => main.in(range) === 'இரட்டி'), JSON.stringify(all));
      },
    ],
  ];
}
