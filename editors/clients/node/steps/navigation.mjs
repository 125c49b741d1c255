// Where names are declared and used, and what they are parts of.
import assert from 'node:assert/strict';

export function navigation({ client, main }) {
  const call = '& இர|ட்டி(சேமிப்பு';
  const places = (answer) => [answer].flat().filter(Boolean).map((l) => ({ uri: l.targetUri ?? l.uri, range: l.targetSelectionRange ?? l.range }));
  const text = ({ range }) => main.in(range);
  return [
    ...['definition', 'declaration'].map((kind) => [
      `goes to the ${kind} of a function`,
      async () => {
        const [place, ...more] = places(await client.request(`textDocument/${kind}`, main.at(call)));
        assert.deepEqual(more, []);
        assert.equal(place.uri, main.uri);
        assert.deepEqual(place.range, main.range('இரட்டி', main.text.slice(0, main.find('செயல் இரட்டி')).split('இரட்டி').length));
      },
    ]),
    [
      'goes to the definition in another file',
      async () => {
        const [place] = places(await client.request('textDocument/definition', main.at('= கூட்|டித்_தா')));
        assert.equal(place.uri, client.uri('கணக்கு.qmz'));
        assert.equal(place.range.start.line, 1);
      },
    ],
    [
      'goes from a value to the declaration of its shape',
      async () => {
        const [place] = places(await client.request('textDocument/typeDefinition', main.at('"𝒳" & |சேமிப்பு.வட்டி')));
        assert.deepEqual(place.range, main.range('கணக்கு', 2));
      },
    ],
    [
      'finds every use of a function',
      async () => {
        const found = await client.request('textDocument/references', { ...main.at(call), context: { includeDeclaration: true } });
        assert.equal(found.length, 4);
        for (const place of found) assert.equal(text(place), 'இரட்டி');
      },
    ],
    [
      'marks what is read and what is written',
      async () => {
        const found = await client.request('textDocument/documentHighlight', main.at('மும்மடங்கு(|மொத்தம்)'));
        assert.deepEqual(found.map(text), ['மொத்தம்', 'மொத்தம்']);
        assert.deepEqual(found.map((h) => h.kind).sort(), [2, 3]);
      },
    ],
    [
      'lists the symbols of a document',
      async () => {
        const list = await client.request('textDocument/documentSymbol', { textDocument: main.id });
        const shape = list.find((s) => s.name === 'கணக்கு');
        assert.deepEqual(shape.children.map((s) => s.name), ['அசல்', 'பெயர்', 'வட்டி']);
        assert.equal(text({ range: shape.selectionRange }), 'கணக்கு');
        assert.ok(list.some((s) => s.name.includes('/𝒳/:எண்')), 'the route');
      },
    ],
    ...['கூட்டி', 'kUttiq_qA', 'kuuttith'].map((query) => [
      `finds a symbol of the workspace by ${query}`,
      async () => {
        const found = await client.request('workspace/symbol', { query });
        const symbol = found.find((s) => s.name === 'கூட்டித்_தா' && s.location.uri === client.uri('கணக்கு.qmz'));
        assert.ok(symbol, JSON.stringify(found));
        assert.equal((await client.request('workspaceSymbol/resolve', symbol)).location.range.start.line, 1);
      },
    ]),
    [
      'tells who calls and who is called',
      async () => {
        const [item] = await client.request('textDocument/prepareCallHierarchy', main.at('செயல் மும்|மடங்கு'));
        assert.equal(item.name, 'மும்மடங்கு');
        const outgoing = await client.request('callHierarchy/outgoingCalls', { item });
        assert.deepEqual(outgoing.map((c) => c.to.name), ['இரட்டி']);
        assert.equal(text({ range: outgoing[0].fromRanges[0] }), 'இரட்டி');
        const incoming = await client.request('callHierarchy/incomingCalls', { item: outgoing[0].to });
        assert.ok(incoming.some((c) => c.from.name === 'மும்மடங்கு'));
        assert.equal(incoming.flatMap((c) => c.fromRanges).length, 3);
      },
    ],
    [
      'knows the hierarchy of a shape',
      async () => {
        const [item] = await client.request('textDocument/prepareTypeHierarchy', main.at('வடிவம் |கணக்கு'));
        assert.equal(item.name, 'கணக்கு');
        for (const kind of ['supertypes', 'subtypes']) {
          assert.ok(Array.isArray((await client.request(`typeHierarchy/${kind}`, { item })) ?? []));
        }
      },
    ],
    [
      'links an import to its file',
      async () => {
        const [link] = await client.request('textDocument/documentLink', { textDocument: main.id });
        assert.equal(text(link), 'கணக்கு.qmz');
        const { target } = link.target ? link : await client.request('documentLink/resolve', link);
        assert.equal(decodeURI(target), decodeURI(client.uri('கணக்கு.qmz')));
      },
    ],
  ];
}
