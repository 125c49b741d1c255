import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { DevServer } from './dev';
import { OtherScript } from './script';
import { Server } from './server';
import { showStatus, showTrouble } from './status';
import { provideTasks } from './tasks';

/** Settings that a running server cannot be told of. */
const needsRestart = ['etamil.path', 'etamil.language', 'etamil.logFile'];

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('eTamil', { log: true });
  const server = new Server(output);
  const dev = new DevServer(server);
  const views = new OtherScript(server);
  context.subscriptions.push(
    output,
    server,
    dev,
    showStatus(server),
    showTrouble(server),
    provideTasks(server),
    registerCommands(server, dev, views),
    vscode.workspace.registerTextDocumentContentProvider(OtherScript.scheme, views),
    vscode.workspace.onDidSaveTextDocument((document) => views.renew(document.uri)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (needsRestart.some((name) => change.affectsConfiguration(name))) {
        void server.restart();
      }
    }),
  );
  await server.restart();
}
