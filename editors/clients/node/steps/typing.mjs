// What comes while one types: completion, hover, signatures, layout as one goes.
import assert from 'node:assert/strict';

export function typing({ client, main }) {
  let draft;
  const complete = (mark) => client.request('textDocument/completion', { ...draft.at(mark), context: { triggerKind: 1 } });
  const items = (list) => (Array.isArray(list) ? list : list.items);
  /** Where an item's text goes, for items with one place, two places, or the list's own. */
  const place = (list, item) => {
    const edit = item.textEdit ?? {};
    const range = edit.range ?? edit.insert ?? list.itemDefaults?.editRange?.insert ?? list.itemDefaults?.editRange;
    return { range, newText: edit.newText ?? item.textEditText ?? item.insertText ?? item.label };
  };
  const offers = async (typed, wanted) => {
    draft = await client.open('draft.qmz', `அச்சு "𝒳👍🏽"; ${typed}`);
    const list = await complete(`${typed}|`);
    const item = items(list).find((i) => place(list, i).newText.startsWith(wanted));
    assert.ok(item, `${typed} offers ${items(list).slice(0, 5).map((i) => i.label)}`);
    assert.equal(draft.in(place(list, item).range), typed);
    await client.notify('textDocument/didClose', { textDocument: draft.id });
    return item;
  };
  return [
    ...['seyal', 'ceyal', 'செய', 'func'].map((typed) => [`completes ${typed} to செயல்`, () => offers(typed, 'செயல்')]),
    [
      'resolves what a completion is',
      async () => {
        const item = await offers('nILa', 'நீளம்');
        const full = await client.request('completionItem/resolve', item);
        assert.match(JSON.stringify(full.documentation), /[\u0b80-\u0bff]/);
      },
    ],
    [
      'completes the fields of a shape after a dot',
      async () => {
        const { text } = main;
        await main.edit(main.range('சேமிப்பு.வட்டி()'), 'சேமிப்பு.');
        const context = { triggerKind: 2, triggerCharacter: '.' };
        const list = await client.request('textDocument/completion', { ...main.at('"𝒳" & சேமிப்பு.|'), context }).finally(() => main.edit(main.whole, text));
        const labels = items(list).map((i) => i.label);
        for (const wanted of ['அசல்', 'பெயர்', 'வட்டி']) assert.ok(labels.some((l) => l.startsWith(wanted)), `${wanted} in ${labels}`);
      },
    ],
    [
      'explains a function where it is called',
      async () => {
        const hover = await client.request('textDocument/hover', main.at('& இர|ட்டி(சேமிப்பு'));
        assert.equal(main.in(hover.range), 'இரட்டி');
        assert.match(hover.contents.value, /இரட்டி[^]*twice a number/);
      },
    ],
    [
      'explains a word of the language in both languages',
      async () => {
        const hover = await client.request('textDocument/hover', main.at('|வழி பெறு'));
        assert.match(hover.contents.value, /vazi/);
        assert.match(hover.contents.value, /[A-Za-z]{3}/);
      },
    ],
    [
      'shows the parameters of a call',
      async () => {
        const help = await client.request('textDocument/signatureHelp', main.at('& இரட்டி(|சேமிப்பு'));
        assert.match(help.signatures[help.activeSignature ?? 0].label, /இரட்டி.*அளவு/);
        assert.equal(help.activeParameter ?? help.signatures[0].activeParameter ?? 0, 0);
      },
    ],
    [
      'lays out as one types',
      async () => {
        const free = await client.open('free.qmz', 'அச்சு "𝒳";\nசெயல் f( ){\nதிரும்பு   1 ;\n}\n');
        const edits = await client.request('textDocument/onTypeFormatting', { ...free.at('}|'), ch: '}', options: { tabSize: 4, insertSpaces: true } });
        assert.equal(free.after(edits ?? []), 'அச்சு "𝒳";\nசெயல் f() {\n    திரும்பு 1;\n}\n');
        await client.notify('textDocument/didClose', { textDocument: free.id });
      },
    ],
  ];
}
