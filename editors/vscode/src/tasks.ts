import * as vscode from 'vscode';
import type { Server } from './server';
import { say } from './text';

interface Definition extends vscode.TaskDefinition {
  command: string;
  file?: string;
  args?: string[];
}

const group: Record<string, vscode.TaskGroup> = {
  check: vscode.TaskGroup.Build,
  test: vscode.TaskGroup.Test,
};

/** Makes the task of one command of the toolchain. */
export function task(binary: string, definition: Definition, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
  const args = [definition.command];
  if (definition.command === 'check') {
    args.push('--format', 'short');
  }
  if (definition.file !== undefined) {
    args.push(definition.file);
  }
  args.push(...(definition.args ?? []));
  const folder = typeof scope === 'object' ? { cwd: scope.uri.fsPath } : {};
  const name = [definition.command, definition.file].filter(Boolean).join(' ');
  const matcher = definition.command === 'check' ? ['$etamil'] : [];
  const made = new vscode.Task(definition, scope, name, 'etamil', new vscode.ProcessExecution(binary, args, folder), matcher);
  made.isBackground = definition.command === 'dev' || definition.command === 'serve';
  made.presentationOptions = { clear: true, reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated };
  const its = group[definition.command];
  if (its !== undefined) {
    made.group = its;
  }
  return made;
}

/** Offers the tasks that every folder has, and makes those that tasks.json asks for. */
export function provideTasks(server: Server): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('etamil', {
    provideTasks: () => {
      const binary = server.file;
      if (binary === undefined) {
        return [];
      }
      const folders = vscode.workspace.workspaceFolders ?? [];
      return folders.flatMap((folder) => ['check', 'fmt'].map((command) => task(binary, { type: 'etamil', command }, folder)));
    },
    resolveTask: (asked) => {
      const definition = asked.definition as Definition;
      const binary = server.file;
      return binary === undefined ? undefined : task(binary, definition, asked.scope ?? vscode.TaskScope.Workspace);
    },
  });
}

/** Runs a command of the toolchain on a file, in a terminal of its own. */
export async function runOn(server: Server, command: string, uri: vscode.Uri, args: string[] = []): Promise<vscode.TaskExecution | undefined> {
  const binary = server.file;
  if (binary === undefined) {
    await vscode.commands.executeCommand('etamil.restartServer');
    return undefined;
  }
  if (uri.scheme !== 'file') {
    void vscode.window.showInformationMessage(say('Save the program as a file first.'));
    return undefined;
  }
  await vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.save();
  const scope = vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace;
  return vscode.tasks.executeTask(task(binary, { type: 'etamil', command, file: uri.fsPath, args }, scope));
}
