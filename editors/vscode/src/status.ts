import * as vscode from 'vscode';
import type { Condition, Server } from './server';
import { label, say } from './text';

/** Shows the server's condition among the language's items in the status bar. */
export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('etamil.server', { language: 'etamil' });
  item.name = 'eTamil';
  const show = (condition: Condition) => {
    item.busy = condition.is === 'starting';
    item.severity = severity(condition);
    item.text = text(condition);
    item.detail = detail(condition);
    item.command = command(condition);
  };
  show(server.condition);
  return vscode.Disposable.from(item, server.onChange(show));
}

function severity(condition: Condition): vscode.LanguageStatusSeverity {
  if (condition.is === 'missing' || condition.is === 'failed') {
    return vscode.LanguageStatusSeverity.Error;
  }
  return condition.is === 'stopped' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}

function text(condition: Condition): string {
  switch (condition.is) {
    case 'running':
      return `eTamil ${condition.version}`;
    case 'starting':
      return `eTamil: ${say('starting')}`;
    case 'stopped':
      return `eTamil: ${say('stopped')}`;
    case 'missing':
      return `eTamil: ${say('not found')}`;
    case 'failed':
      return `eTamil: ${say('does not run')}`;
  }
}

function detail(condition: Condition): string {
  switch (condition.is) {
    case 'running':
      return condition.file;
    case 'failed':
      return `${condition.file}: ${condition.why}`;
    default:
      return '';
  }
}

function command(condition: Condition): vscode.Command {
  if (condition.is === 'missing') {
    return { command: 'etamil.install', title: label('How to install it') };
  }
  if (condition.is === 'running') {
    return { command: 'etamil.showOutput', title: label('Show the log') };
  }
  return { command: 'etamil.restartServer', title: label('Start again') };
}

/** Tells, once for each cause, what is wrong with the toolchain and what cures it. */
export function showTrouble(server: Server): vscode.Disposable {
  let last = '';
  return server.onChange(async (condition) => {
    const message = trouble(condition);
    if (message === undefined || message === last) {
      return;
    }
    last = message;
    const cures: [string, string][] = [
      [label('How to install it'), 'etamil.install'],
      [label('Choose the file'), 'etamil.choose'],
      [label('Start again'), 'etamil.restartServer'],
    ];
    const chosen = await vscode.window.showErrorMessage(message, ...cures.map(([title]) => title));
    const cure = cures.find(([title]) => title === chosen);
    if (cure !== undefined) {
      last = '';
      await vscode.commands.executeCommand(cure[1]);
    }
  });
}

function trouble(condition: Condition): string | undefined {
  if (condition.is === 'missing') {
    const [only, ...more] = condition.looked;
    return only !== undefined && more.length === 0
      ? say('etamil.path names {0}, but there is no program there. Install etamil, or correct the setting.', only)
      : say('The program etamil was not found on PATH or in this folder. Install it, or name it in the setting etamil.path.');
  }
  return condition.is === 'failed' ? say('{0} cannot be used: {1}', condition.file, condition.why) : undefined;
}
