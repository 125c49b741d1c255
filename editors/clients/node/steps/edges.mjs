// The edges of the protocol: what is cancelled, unknown or wrong, and the end.
import assert from 'node:assert/strict';
import { protocol } from '../client.mjs';

export function protocolEdges({ client, main }) {
  const code = (wanted) => (error) => error.code === wanted;
  return [
    [
      'ends a request that is cancelled',
      async () => {
        const source = new protocol.CancellationTokenSource();
        const asked = client.request('workspace/symbol', { query: '' }, source.token);
        source.cancel();
        const end = await asked.then(() => 'answered', (error) => error.code);
        assert.ok(end === 'answered' || end === protocol.LSPErrorCodes.RequestCancelled, String(end));
      },
    ],
    ['refuses a request that it does not know', () => assert.rejects(client.request('etamil/இல்லாதது', {}), code(protocol.ErrorCodes.MethodNotFound))],
    [
      'lives on after notifications that it does not know and requests that make no sense',
      async () => {
        await client.notify('$/தெரியாதது', { a: 1 });
        await client.notify('etamil/unknown', {});
        const nowhere = { textDocument: main.id, position: { line: 99999, character: 99999 } };
        await client.request('textDocument/hover', nowhere).catch(() => undefined);
        await client.request('textDocument/hover', { textDocument: { uri: 'untitled:𝒳' }, position: { line: 0, character: 0 } }).catch(() => undefined);
        await assert.rejects(client.request('textDocument/hover', { textDocument: 5 }));
        assert.ok(await client.request('textDocument/documentSymbol', { textDocument: main.id }));
      },
    ],
    [
      'shuts down, refuses what comes after, and exits with 0',
      async () => {
        assert.equal(await client.request('shutdown'), null);
        await assert.rejects(client.request('textDocument/hover', main.at('அச்சு')), code(protocol.ErrorCodes.InvalidRequest));
        await client.notify('exit');
        assert.equal(await client.exited, 0);
      },
    ],
  ];
}
