// A client of the language server made of VS Code's own protocol library. It counts columns in the encoding that the
// server chose, and keeps its documents with VS Code's own library of texts.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';

export { protocol };

/** A client that can do all that the protocol has, offering one encoding beside UTF-16, which every client can. */
export class Client {
  diagnostics = new Map();
  registered = new Map();
  progress = [];
  refreshed = [];
  applied = [];
  #waiting = [];

  /** Starts the server in a copy of a workspace. */
  static async start(binary, workspace, encoding, settings = {}) {
    const client = new Client();
    client.root = realpathSync(mkdtempSync(join(tmpdir(), 'etamil-வேலை-')));
    cpSync(workspace, client.root, { recursive: true });
    client.settings = settings;
    client.process = spawn(binary, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
    client.exited = new Promise((resolve) => client.process.once('exit', (code, signal) => resolve(code ?? signal)));
    client.connection = protocol.createProtocolConnection(
      new protocol.StreamMessageReader(client.process.stdout),
      new protocol.StreamMessageWriter(client.process.stdin),
    );
    client.#listen();
    client.connection.listen();
    client.answer = await client.request('initialize', {
      processId: process.pid,
      clientInfo: { name: 'etamil-clients' },
      locale: 'en',
      rootUri: pathToFileURL(client.root).href,
      workspaceFolders: [{ uri: pathToFileURL(client.root).href, name: 'வேலை' }],
      initializationOptions: settings,
      capabilities: capabilities(encoding),
    });
    client.encoding = client.answer.capabilities.positionEncoding ?? 'utf-16';
    await client.notify('initialized', {});
    return client;
  }

  #listen() {
    const { connection } = this;
    connection.onError(([error]) => this.#fail(error));
    connection.onNotification('textDocument/publishDiagnostics', (params) => {
      this.diagnostics.set(params.uri, params);
      this.#wake();
    });
    connection.onNotification('window/logMessage', () => undefined);
    connection.onRequest('workspace/configuration', ({ items }) => items.map(() => this.settings));
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const r of registrations) this.registered.set(r.method, r.registerOptions);
      this.#wake();
      return null;
    });
    connection.onRequest('window/workDoneProgress/create', ({ token }) => {
      connection.onProgress(protocol.WorkDoneProgress.type, token, (value) => {
        this.progress.push(value);
        this.#wake();
      });
      return null;
    });
    connection.onRequest('workspace/applyEdit', ({ edit }) => {
      this.applied.push(edit);
      this.#wake();
      return { applied: true };
    });
    for (const kind of ['diagnostic', 'semanticTokens', 'inlayHint', 'codeLens', 'foldingRange']) {
      connection.onRequest(`workspace/${kind}/refresh`, () => null);
    }
    connection.onRequest('workspace/textDocumentContent/refresh', ({ uri }) => {
      this.refreshed.push(uri);
      this.#wake();
      return null;
    });
  }

  #fail(error) {
    this.error = error;
    this.#wake();
  }

  #wake() {
    for (const check of this.#waiting) check();
  }

  /** Waits until something that the server sends makes a condition true. */
  until(what, condition) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(reject, new Error(`never came: ${what}`)), 60_000);
      const end = (settle, value) => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((other) => other !== check);
        settle(value);
      };
      const check = () => {
        const value = condition();
        if (this.error) end(reject, this.error);
        else if (value) end(resolve, value);
      };
      this.#waiting.push(check);
      check();
    });
  }

  async request(method, params, token) {
    try {
      // An argument that is undefined would make the parameters a list.
      return await this.connection.sendRequest(method, ...[params, token].filter((argument) => argument !== undefined));
    } catch (error) {
      error.stack = `${method}: ${error.message}`; // its own stack is the library's
      throw error;
    }
  }

  notify(method, params) {
    return this.connection.sendNotification(method, params);
  }

  uri(name) {
    return pathToFileURL(join(this.root, name)).href;
  }

  /** Opens a file of the workspace, or a text of one's own. */
  async open(name, text = readFileSync(join(this.root, name), 'utf8')) {
    const document = new Document(this, name, text);
    await this.notify('textDocument/didOpen', {
      textDocument: { uri: document.uri, languageId: 'etamil', version: document.version, text },
    });
    return document;
  }
}

/** A text that the client has open. */
export class Document {
  version = 1;

  constructor(client, name, text) {
    Object.assign(this, { client, name, text, uri: client.uri(name) });
  }

  get id() {
    return { uri: this.uri };
  }

  /** The position of an index of the text. */
  position(index) {
    const before = this.text.slice(0, index);
    const line = before.split('\n').length - 1;
    return { line, character: this.units(before.slice(before.lastIndexOf('\n') + 1)) };
  }

  /** The length of a text in the units of the encoding. */
  units(text) {
    switch (this.client.encoding) {
      case 'utf-8':
        return Buffer.byteLength(text);
      case 'utf-32':
        return [...text].length;
      default:
        return text.length;
    }
  }

  /** The index of a position. */
  index({ line, character }) {
    const lines = this.text.split('\n');
    const start = lines.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0);
    let index = 0;
    for (const letter of lines[line] ?? '') {
      if (this.units((lines[line] ?? '').slice(0, index)) >= character) break;
      index += letter.length;
    }
    return start + index;
  }

  /** The index of the nth occurrence of a text; a "|" in it is the spot, its start otherwise. */
  find(mark, nth = 1) {
    const spot = Math.max(mark.indexOf('|'), 0);
    const needle = mark.replace('|', '');
    let index = -1;
    for (let i = 0; i < nth; i++) index = this.text.indexOf(needle, index + 1);
    if (index < 0) throw new Error(`no ${needle} in ${this.name}`);
    return index + spot;
  }

  /** The parameters of a request at a spot. */
  at(mark, nth) {
    return { textDocument: this.id, position: this.position(this.find(mark, nth)) };
  }

  /** The range of the nth occurrence of a text. */
  range(needle, nth) {
    const start = this.find(needle, nth);
    return { start: this.position(start), end: this.position(start + needle.length) };
  }

  get whole() {
    return { start: { line: 0, character: 0 }, end: this.position(this.text.length) };
  }

  /** What stands in a range. */
  in({ start, end }) {
    return this.text.slice(this.index(start), this.index(end));
  }

  /** Puts a text in place of a range, here and at the server. */
  async edit(range, text) {
    const [from, to] = [this.index(range.start), this.index(range.end)];
    this.text = this.text.slice(0, from) + text + this.text.slice(to);
    this.version++;
    await this.client.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range, text }],
    });
  }

  /** The text after edits, which must not overlap. */
  after(edits) {
    let text = this.text;
    const sorted = edits.map((e) => [this.index(e.range.start), this.index(e.range.end), e.newText]).sort((a, b) => b[0] - a[0]);
    let last = Infinity;
    for (const [from, to, replacement] of sorted) {
      if (to > last) throw new Error('edits overlap');
      text = text.slice(0, from) + replacement + text.slice(to);
      last = from;
    }
    return text;
  }
}

/** Everything that a client may be able to. */
function capabilities(encoding) {
  const dynamic = { dynamicRegistration: true };
  return {
    general: { positionEncodings: [...new Set([encoding, 'utf-16'])], markdown: { parser: 'marked' } },
    window: { workDoneProgress: true, showDocument: { support: true } },
    workspace: {
      applyEdit: true,
      configuration: true,
      workspaceFolders: true,
      didChangeConfiguration: dynamic,
      didChangeWatchedFiles: { ...dynamic, relativePatternSupport: true },
      workspaceEdit: {
        documentChanges: true,
        resourceOperations: ['create', 'rename', 'delete'],
        changeAnnotationSupport: { groupsOnLabel: true },
      },
      fileOperations: { willRename: true, didRename: true },
      symbol: { resolveSupport: { properties: ['location.range'] } },
      semanticTokens: { refreshSupport: true },
      inlayHint: { refreshSupport: true },
      codeLens: { refreshSupport: true },
      diagnostics: { refreshSupport: true },
      foldingRange: { refreshSupport: true },
      executeCommand: {},
      textDocumentContent: dynamic,
    },
    textDocument: {
      synchronization: { didSave: true },
      publishDiagnostics: { relatedInformation: true, versionSupport: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true },
      diagnostic: { relatedDocumentSupport: true },
      completion: {
        completionItem: {
          snippetSupport: true,
          insertReplaceSupport: true,
          labelDetailsSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
        },
        completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat'] },
        contextSupport: true,
      },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true }, activeParameterSupport: true } },
      definition: { linkSupport: true },
      declaration: { linkSupport: true },
      typeDefinition: { linkSupport: true },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
        dataSupport: true,
        resolveSupport: { properties: ['edit'] },
        disabledSupport: true,
      },
      rename: { prepareSupport: true, honorsChangeAnnotations: true },
      rangeFormatting: { rangesSupport: true },
      onTypeFormatting: {},
      foldingRange: { foldingRange: { collapsedText: true } },
      selectionRange: {},
      linkedEditingRange: {},
      callHierarchy: {},
      typeHierarchy: {},
      documentLink: { tooltipSupport: true },
      inlayHint: { resolveSupport: { properties: ['tooltip'] } },
      semanticTokens: {
        requests: { range: true, full: { delta: true } },
        tokenTypes: ['keyword', 'function', 'variable'],
        tokenModifiers: [],
        formats: ['relative'],
        multilineTokenSupport: true,
      },
    },
  };
}
