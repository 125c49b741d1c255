import * as vscode from 'vscode';
import { otherScript } from './script';

/** The scheme of the texts that the language server makes. */
const scheme = 'etamil-doc';

/** What a program can be seen as: in either script, or as what it is compiled to. */
export type Kind = 'tamil' | 'roman' | 'bytecode';

/** Opens a view of a program beside it. Views are not written to; they follow the program, as the server says when it changes. */
export async function openView(uri: vscode.Uri, kind?: Kind): Promise<void> {
  const program = await vscode.workspace.openTextDocument(uri);
  const path = `/${kind ?? otherScript(program.getText())}/${uri.toString()}`;
  const view = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
  await vscode.window.showTextDocument(view, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
}
