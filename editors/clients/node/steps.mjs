// The steps of a session, in their order: the later ones find the texts as the earlier ones left them.
import { rmSync } from 'node:fs';
import { Client } from './client.mjs';
import { changes } from './steps/changes.mjs';
import { navigation } from './steps/navigation.mjs';
import { protocolEdges } from './steps/edges.mjs';
import { texts } from './steps/texts.mjs';
import { typing } from './steps/typing.mjs';
import { views } from './steps/views.mjs';

/** Starts a server and gives the steps of a session with it, and what ends it. */
export async function createConversation(binary, workspace, encoding) {
  const client = await Client.start(binary, workspace, encoding, { language: 'both', diagnostics: { scope: 'workspace' } });
  const main = await client.open('main.qmz');
  const context = { client, main, binary, encoding };
  const steps = [texts, typing, navigation, views, changes, protocolEdges].flatMap((part) => part(context));
  return {
    steps,
    end: async () => {
      if (client.process.exitCode === null) client.process.kill();
      await client.exited;
      rmSync(client.root, { recursive: true });
    },
  };
}
