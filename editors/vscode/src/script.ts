import * as vscode from 'vscode';
import { run } from './binary';
import type { Server } from './server';
import { say } from './text';

/** A script in which the words of a program can be written. */
export type Script = 'tamil' | 'roman';

/**
 * Turns the keywords of a whole program into the other script: the one that fewer of its words are in, unless it is told.
 * Names, texts and comments stay as they are.
 */
export async function switchScript(server: Server, editor: vscode.TextEditor, to?: Script): Promise<void> {
  const document = editor.document;
  const before = document.getText();
  const turned = await inScript(server, document, to ?? otherScript(before));
  if (turned === undefined || turned === before || document.getText() !== before) {
    return;
  }
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  await editor.edit((edit) => edit.replace(whole, turned));
}

/** The program in a script, or undefined after saying why it could not be turned. */
export async function inScript(server: Server, document: vscode.TextDocument, to: Script): Promise<string | undefined> {
  const binary = server.file;
  if (binary === undefined) {
    await vscode.commands.executeCommand('etamil.restartServer');
    return undefined;
  }
  const args = ['fmt', '-', '--script', to, '--lang', 'both', '--stdin-filename', document.fileName];
  const { code, out, err } = await run(binary, args, document.getText());
  if (code === 0) {
    return out;
  }
  void vscode.window.showErrorMessage(say('The script can be switched when the program has no syntax errors: {0}', firstLine(err)));
  return undefined;
}

/** The script that fewer letters of a text, outside its comments and texts, are in. */
export function otherScript(text: string): Script {
  const code = text.replace(/\/\/.*|"(?:[^"\\]|\\[^])*"/g, '');
  const tamil = code.match(/[\u0b80-\u0bff]/g)?.length ?? 0;
  const latin = code.match(/[A-Za-z]/g)?.length ?? 0;
  return tamil >= latin ? 'roman' : 'tamil';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
