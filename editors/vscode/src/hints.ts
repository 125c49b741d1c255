import type { ClientCapabilities, StaticFeature } from 'vscode-languageclient/node';

/** Tells the server that a call which is filled in can show its signature: the completed item names this command. */
export const showsSignatures: StaticFeature = {
  fillClientCapabilities: (capabilities: ClientCapabilities) => {
    const before = capabilities.experimental as object | undefined;
    capabilities.experimental = { ...before, commands: { commands: ['editor.action.triggerParameterHints'] } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};
