import type { ServerCapabilities, StaticFeature } from 'vscode-languageclient/node';

/** What the grammar colours in more detail than the server: SQL in texts, parameters in paths, kinds of keywords. */
const grammars = ['string', 'comment', 'keyword', 'number', 'operator'];

/**
 * Leaves to the grammar what it knows better. The server's tokens of these types get a name that no theme has a colour for,
 * so that the editor keeps the grammar's; differences between two answers of the server stay valid.
 */
export const grammarKnowsBetter: StaticFeature = {
  fillClientCapabilities: () => undefined,
  preInitialize: (capabilities: ServerCapabilities) => {
    const provider = capabilities.semanticTokensProvider;
    if (provider !== undefined) {
      provider.legend.tokenTypes = plain(provider.legend.tokenTypes);
    }
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** The legend without the types that the grammar colours. */
export function plain(types: string[]): string[] {
  return types.map((type) => (grammars.includes(type) ? `${type}OfGrammar` : type));
}
