import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient/node';
import { run } from './binary';
import type { DevServer } from './dev';
import { type Script, switchScript } from './script';
import type { Server } from './server';
import { runOn, task } from './tasks';
import { say } from './text';
import { openView } from './views';

/** What a command of the editor title, the explorer or a code lens is called on: what it says, else the file being edited. */
function target(uri: vscode.Uri | string | undefined): vscode.Uri | undefined {
  if (typeof uri === 'string') {
    return vscode.Uri.parse(uri, true);
  }
  return uri ?? vscode.window.activeTextEditor?.document.uri;
}

/** Registers the commands that people call, and those that code lenses and messages call. */
export function registerCommands(server: Server, dev: DevServer): vscode.Disposable {
  const on = (command: string, act: (uri: vscode.Uri) => unknown) =>
    vscode.commands.registerCommand(`etamil.${command}`, (uri?: vscode.Uri | string) => {
      const file = target(uri);
      return file && act(file);
    });
  const plain = (command: string, act: () => unknown) => vscode.commands.registerCommand(`etamil.${command}`, act);
  return vscode.Disposable.from(
    on('runFile', (uri) => runOn(server, 'run', uri)),
    on('testFile', (uri) => runOn(server, 'test', uri)),
    on('dev', (uri) => dev.start(uri)),
    on('otherScript', (uri) => openView(uri)),
    on('showBytecode', (uri) => openView(uri, 'bytecode')),
    plain('stopDev', () => dev.stop()),
    plain('checkWorkspace', () => check(server)),
    plain('newProgram', () => newProgram(server)),
    plain('restartServer', () => server.restart()),
    plain('showOutput', () => server.output.show()),
    plain('install', () => vscode.commands.executeCommand('workbench.action.openWalkthrough', 'etamil-lang.etamil#start', false)),
    plain('choose', chooseBinary),
    vscode.commands.registerTextEditorCommand('etamil.switchScript', (editor, _, to?: Script) => switchScript(server, editor, to)),
    vscode.commands.registerCommand('etamil.open', (url: string) => vscode.env.openExternal(vscode.Uri.parse(url, true))),
    vscode.commands.registerCommand('etamil.showReferences', (uri: string, at: Position, places: Location[]) => showReferences(server, uri, at, places)),
  );
}

/** Lists places that the server found, in the editor's own view of references. */
function showReferences(server: Server, uri: string, at: Position, places: Location[]): Thenable<unknown> | undefined {
  const convert = server.running?.protocol2CodeConverter;
  return (
    convert &&
    vscode.commands.executeCommand('editor.action.showReferences', convert.asUri(uri), convert.asPosition(at), places.map(convert.asLocation))
  );
}

async function check(server: Server): Promise<void> {
  const binary = server.file;
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (binary === undefined || folder === undefined) {
    await server.restart();
    return;
  }
  await vscode.tasks.executeTask(task(binary, { type: 'etamil', command: 'check' }, folder));
}

/** Asks for a folder and lets `etamil new` write a program into it. */
async function newProgram(server: Server): Promise<void> {
  const binary = server.file;
  if (binary === undefined) {
    await server.restart();
    return;
  }
  const [parent] =
    vscode.workspace.workspaceFolders?.map((folder) => folder.uri) ??
    (await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true })) ??
    [];
  const name = parent && (await vscode.window.showInputBox({ prompt: say('The name of the new program'), value: 'kadai' }));
  if (parent === undefined || !name) {
    return;
  }
  const { code, out, err } = await run(binary, ['new', name], '', parent.fsPath);
  if (code !== 0) {
    void vscode.window.showErrorMessage(err || out);
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(parent, name, 'main.qmz'));
}

/** Lets the user show where the binary is. The setting's change starts the server. */
async function chooseBinary(): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ canSelectMany: false, title: 'etamil' })) ?? [];
  if (file !== undefined) {
    await vscode.workspace.getConfiguration('etamil').update('path', file.fsPath, vscode.ConfigurationTarget.Global);
  }
}
