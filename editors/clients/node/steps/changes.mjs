// What changes texts: layout, renaming, cures, refactorings, commands.
import assert from 'node:assert/strict';

export function changes({ client, main }) {
  const options = { tabSize: 4, insertSpaces: true };
  const call = '& இர|ட்டி(சேமிப்பு';
  /** The edits of a workspace edit, by file. */
  const byFile = (edit) => {
    const files = new Map(Object.entries(edit.changes ?? {}));
    for (const change of edit.documentChanges ?? []) if (change.edits) files.set(change.textDocument.uri, change.edits);
    return files;
  };
  const actions = (document, range, only, diagnostics = []) =>
    client.request('textDocument/codeAction', { textDocument: document.id, range, context: { diagnostics, only, triggerKind: 1 } });
  const resolved = async (action) => (action.edit || action.command ? action : client.request('codeAction/resolve', action));
  return [
    [
      'lays out a document, a range and ranges',
      async () => {
        const untidy = await client.open('untidy.qmz', 'அச்சு   "𝒳👍🏽"&1;\nஅச்சு    2;\nஅச்சு   3 ;\n');
        const all = await client.request('textDocument/formatting', { textDocument: untidy.id, options });
        assert.equal(untidy.after(all), 'அச்சு "𝒳👍🏽" & 1;\nஅச்சு 2;\nஅச்சு 3;\n');
        const range = untidy.range('அச்சு    2;');
        const some = await client.request('textDocument/rangeFormatting', { textDocument: untidy.id, range, options });
        assert.equal(untidy.after(some), untidy.text.replace('    2', ' 2'));
        const ranges = [untidy.range('அச்சு   "𝒳👍🏽"&1;'), untidy.range('அச்சு   3 ;')];
        const two = await client.request('textDocument/rangesFormatting', { textDocument: untidy.id, ranges, options });
        assert.equal(untidy.after(two), 'அச்சு "𝒳👍🏽" & 1;\nஅச்சு    2;\nஅச்சு 3;\n');
        await client.notify('textDocument/didClose', { textDocument: untidy.id });
      },
    ],
    [
      'says whether a name can be renamed',
      async () => {
        const may = await client.request('textDocument/prepareRename', main.at(call));
        assert.equal(main.in(may.range ?? may), 'இரட்டி');
        assert.equal(await client.request('textDocument/prepareRename', main.at('|அச்சு')).catch(() => null), null);
      },
    ],
    [
      'renames a function wherever it is used',
      async () => {
        const edit = await client.request('textDocument/rename', { ...main.at(call), newName: 'இருமடங்கு' });
        assert.equal(main.after(byFile(edit).get(main.uri)), main.text.replaceAll('இரட்டி(', 'இருமடங்கு('));
      },
    ],
    [
      'renames across files',
      async () => {
        const edit = await client.request('textDocument/rename', { ...main.at('= கூட்|டித்_தா'), newName: 'கூட்டுத்தொகை' });
        assert.deepEqual([...byFile(edit).keys()].sort(), [main.uri, client.uri('கணக்கு.qmz')].sort());
      },
    ],
    [
      'refuses a name that is taken',
      () => assert.rejects(client.request('textDocument/rename', { ...main.at(call), newName: 'மும்மடங்கு' }), (error) => /[\u0b80-\u0bff]/.test(error.message)),
    ],
    [
      'follows a file that is renamed',
      async () => {
        const files = [{ oldUri: client.uri('கணக்கு.qmz'), newUri: client.uri('பொது/kaNakku.qmz') }];
        const edit = await client.request('workspace/willRenameFiles', { files });
        assert.match(main.after(byFile(edit).get(main.uri)), /^இறக்கு "பொது\/kaNakku\.qmz";/);
      },
    ],
    [
      'cures what a diagnostic tells of',
      async () => {
        const ill = await client.open('ill.qmz', 'அச்சு "𝒳👍🏽" & நீளமம்("அ");\nஅச்சு 2\nஅச்சு 3;\n');
        const { items } = await client.request('textDocument/diagnostic', { textDocument: ill.id });
        const missing = items.find((d) => d.code === 'E0028');
        const [action] = await actions(ill, missing.range, ['quickfix'], [missing]);
        const { edit } = await resolved(action);
        assert.equal(ill.after(byFile(edit).get(ill.uri)).split('\n')[1], 'அச்சு 2;');
        await client.notify('textDocument/didClose', { textDocument: ill.id });
      },
    ],
    [
      'extracts a variable from an expression',
      async () => {
        const list = await actions(main, main.range('இரட்டி(சேமிப்பு.அசல்)'), ['refactor.extract']);
        const action = list.find((a) => a.kind.startsWith('refactor.extract') && !a.disabled);
        const { edit } = await resolved(action);
        assert.notEqual(main.after(byFile(edit).get(main.uri)), main.text);
      },
    ],
    [
      'turns a program into the other script',
      async () => {
        const list = await actions(main, main.whole, ['source']);
        const programs = [];
        for (const action of list) {
          const { edit } = await resolved(action);
          if (edit && byFile(edit).has(main.uri)) programs.push(main.after(byFile(edit).get(main.uri)));
        }
        assert.ok(programs.some((p) => /^iRakku "கணக்கு\.qmz";[^]*ceyal இரட்டி/.test(p)), list.map((a) => a.title).join(', '));
      },
    ],
    [
      'does every command that it offers, or says why not',
      async () => {
        for (const command of client.answer.capabilities.executeCommandProvider.commands) {
          await client.request('workspace/executeCommand', { command, arguments: [main.uri] }).catch((error) => assert.ok(error.message.length > 0));
        }
      },
    ],
  ];
}
