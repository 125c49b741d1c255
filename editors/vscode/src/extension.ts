import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { DevServer } from './dev';
import { Server } from './server';
import { showStatus, showTrouble } from './status';
import { provideTasks } from './tasks';

/** Settings that a running server cannot be told of. */
const needsRestart = ['etamil.path', 'etamil.language', 'etamil.logFile'];

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('eTamil', { log: true });
  const server = new Server(output);
  const dev = new DevServer(server);
  context.subscriptions.push(
    output,
    server,
    dev,
    showStatus(server),
    showTrouble(server),
    provideTasks(server),
    registerCommands(server, dev),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (needsRestart.some((name) => change.affectsConfiguration(name))) {
        void server.restart();
      }
    }),
  );
  await server.restart();
}
