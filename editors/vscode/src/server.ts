import * as os from 'node:os';
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, State, Trace } from 'vscode-languageclient/node';
import { type Found, find, has, version } from './binary';
import { grammarKnowsBetter } from './colours';
import { showsSignatures } from './hints';
import { language, say } from './text';

/** What the extension knows of the toolchain at one moment. */
export type Condition =
  | { is: 'starting' | 'stopped' }
  | { is: 'running'; version: string; file: string }
  | { is: 'missing'; looked: string[] }
  | { is: 'failed'; file: string; why: string };

/** The one language server of a window: it is found, started, watched and started again. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private now: Condition = { is: 'stopped' };
  private readonly changed = new vscode.EventEmitter<Condition>();
  readonly onChange = this.changed.event;

  constructor(readonly output: vscode.LogOutputChannel) {}

  get condition(): Condition {
    return this.now;
  }

  /** The binary, or undefined where there is none that runs. */
  get file(): string | undefined {
    return this.now.is === 'running' || this.now.is === 'failed' ? this.now.file : undefined;
  }

  /** The client while the server runs. */
  get running(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** Starts the server; where it runs, it ends first. Calls that overlap take their turn. */
  restart(): Promise<void> {
    const mine = this.turn.then(async () => {
      await this.end();
      await this.begin();
    });
    this.turn = mine.catch((error: unknown) => this.output.error(String(error)));
    return mine;
  }

  stop(): Promise<void> {
    const mine = this.turn.then(() => this.end());
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  private set(condition: Condition): void {
    this.now = condition;
    const running = condition.is === 'running';
    void vscode.commands.executeCommand('setContext', 'etamil.running', running);
    this.changed.fire(condition);
  }

  private async begin(): Promise<void> {
    this.set({ is: 'starting' });
    const found = look();
    if (!('file' in found)) {
      this.output.warn(`etamil is in none of: ${found.looked.join(', ')}`);
      this.set({ is: 'missing', looked: found.looked });
      return;
    }
    const { file } = found;
    const its = await version(file);
    if (its === undefined || !(await has(file, 'lsp'))) {
      const why = its === undefined ? say('It does not answer "etamil version".') : say('It is version {0}, which has no language server.', its);
      this.set({ is: 'failed', file, why });
      return;
    }
    void vscode.commands.executeCommand('setContext', 'etamil.canTest', await has(file, 'test'));
    try {
      await this.connect(file, its);
    } catch (error) {
      this.set({ is: 'failed', file, why: error instanceof Error ? error.message : String(error) });
    }
  }

  private async connect(file: string, its: string): Promise<void> {
    const client = new LanguageClient('etamil', 'eTamil', { command: file, args: ['lsp', ...serverArguments()] }, this.clientOptions());
    this.client = client;
    client.registerFeature(grammarKnowsBetter);
    client.registerFeature(showsSignatures);
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) {
        return;
      }
      if (newState === State.Running) {
        this.output.info(`etamil ${its}: ${file}`);
        this.set({ is: 'running', version: its, file });
      } else if (newState === State.Stopped && this.now.is === 'running') {
        this.set({ is: 'failed', file, why: say('The language server has ended.') });
      }
    });
    await client.start();
    await client.setTrace(Trace.fromString(setting('trace.server', 'off')));
  }

  private clientOptions(): ConstructorParameters<typeof LanguageClient>[3] {
    return {
      documentSelector: [
        { language: 'etamil', scheme: 'file' },
        { language: 'etamil', scheme: 'untitled' },
        { scheme: 'file', pattern: '**/etamil.toml' },
      ],
      synchronize: { configurationSection: 'etamil' },
      initializationOptions: told({ ...vscode.workspace.getConfiguration('etamil') }),
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // Hovers offer commands of ours only.
      middleware: {
        workspace: {
          // The server reads the setting; what "auto" means is known here.
          configuration: async (params, token, next) => {
            const values = await next(params, token);
            return Array.isArray(values) ? values.map((value: unknown) => told(value)) : values;
          },
        },
      },
      markdown: { isTrusted: { enabledCommands: ['etamil.runFile', 'etamil.showReferences', 'etamil.open'] } },
    };
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) {
      // A server that crashed or hangs cannot be asked to stop; its process is ended after two seconds.
      await client.dispose(2000).catch((error: unknown) => this.output.warn(String(error)));
    }
    this.set({ is: 'stopped' });
  }
}

/** The settings as the server is told them. */
function told(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'language' in value ? { ...value, language: language() } : value;
}

function setting<T>(name: string, otherwise: T): T {
  return vscode.workspace.getConfiguration('etamil').get<T>(name, otherwise);
}

function serverArguments(): string[] {
  const log = setting('logFile', '');
  return log === '' ? [] : ['--log', log];
}

/** Looks for the binary where this window may run one from. */
export function look(): Found {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  return find({
    setting: setting('path', '').trim(),
    folders: folders.filter((folder) => folder.uri.scheme === 'file').map((folder) => folder.uri.fsPath),
    path: process.env['PATH'] ?? '',
    home: os.homedir(),
    windows: process.platform === 'win32',
  });
}
