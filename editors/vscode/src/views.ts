import * as vscode from 'vscode';
import { TextDocumentContentRequest } from 'vscode-languageclient/node';
import { otherScript } from './script';
import type { Server } from './server';

/** The scheme of the texts that the language server makes. */
const scheme = 'etamil-doc';

/** What a program can be seen as: in either script, or as what it is compiled to. */
export type Kind = 'tamil' | 'roman' | 'bytecode';

/** Opens a view of a program beside it. Views are not written to; they follow the program when it is saved. */
export async function openView(uri: vscode.Uri, kind?: Kind): Promise<void> {
  const program = await vscode.workspace.openTextDocument(uri);
  const path = `/${kind ?? otherScript(program.getText())}/${uri.toString()}`;
  const view = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
  await vscode.window.showTextDocument(view, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
}

/** Renews the views of programs that are saved. */
export function renewViews(server: Server): vscode.Disposable {
  return vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    const providers = server.running?.getFeature(TextDocumentContentRequest.method)?.getProviders() ?? [];
    const open = vscode.workspace.textDocuments.filter((view) => view.uri.scheme === scheme && view.uri.path.endsWith(uri.toString()));
    for (const view of open) {
      for (const provider of providers) {
        provider.onDidChangeEmitter.fire(view.uri);
      }
    }
  });
}
