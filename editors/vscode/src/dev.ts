import * as vscode from 'vscode';
import type { Server } from './server';
import { runOn } from './tasks';

/** The dev server that this window started, if any; another program's takes its place. */
export class DevServer implements vscode.Disposable {
  private execution: vscode.TaskExecution | undefined;
  private readonly ended: vscode.Disposable;

  constructor(private readonly server: Server) {
    this.ended = vscode.tasks.onDidEndTask(({ execution }) => {
      if (execution === this.execution) {
        this.set(undefined);
      }
    });
  }

  /** Serves the routes of a program; saved changes are served at once, by the dev server itself. */
  async start(uri: vscode.Uri): Promise<void> {
    this.stop();
    this.set(await runOn(this.server, 'dev', uri));
  }

  stop(): void {
    this.execution?.terminate();
    this.set(undefined);
  }

  dispose(): void {
    this.stop();
    this.ended.dispose();
  }

  private set(execution: vscode.TaskExecution | undefined): void {
    this.execution = execution;
    void vscode.commands.executeCommand('setContext', 'etamil.serving', execution !== undefined);
  }
}
