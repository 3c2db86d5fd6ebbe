import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** `mooring lsp`, driven over its standard input and output as an editor drives it. */
export class Editor {
  readonly notes: string[] = [];
  readonly watched: string[] = [];
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  readonly #documents: Map<string, TextDocument> = new Map();
  readonly #reports: Map<string, PublishDiagnosticsParams> = new Map();
  readonly #waiting: Set<() => void> = new Set();

  private constructor(args: readonly string[]) {
    this.#process = spawn(process.execPath, [program, 'lsp', '--stdio', ...args]);
    this.#connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
    this.#connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: PublishDiagnosticsParams) => {
        this.#reports.set(params.uri, params);
        for (const look of this.#waiting) look();
      },
    );
    this.#connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.notes.push(message);
    });
    this.#connection.onRequest(
      'client/registerCapability',
      (params: { registrations: { method: string }[] }) => {
        this.watched.push(...params.registrations.map(({ method }) => method));
      },
    );
    this.#connection.listen();
  }

  static async start(
    folders: readonly string[],
    { args = [], options = {} }: { args?: readonly string[]; options?: object } = {},
  ): Promise<Editor> {
    const editor = new Editor(args);
    await editor.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((folder) => ({
        uri: folder.includes('://') ? folder : uriOf(folder),
        name: folder,
      })),
      initializationOptions: options,
      capabilities: {
        workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      },
    });
    await editor.#connection.sendNotification('initialized', {});
    return editor;
  }

  /** Opens a file with the text that it has on disk. */
  async open(path: string): Promise<void> {
    const text = readFileSync(path, 'utf8');
    const document = TextDocument.create(uriOf(path), 'typescript', 1, text);
    this.#documents.set(path, document);
    const textDocument = { uri: document.uri, languageId: 'typescript', version: 1, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Puts a text in place of another that is in the document once. */
  async type(path: string, before: string, after: string): Promise<void> {
    const document = this.#documents.get(path)!;
    const start = document.getText().indexOf(before);
    const range = {
      start: document.positionAt(start),
      end: document.positionAt(start + before.length),
    };
    await this.#edit(path, [{ range, newText: after }]);
  }

  textOf(path: string): string {
    return this.#documents.get(path)!.getText();
  }

  async close(path: string): Promise<void> {
    this.#documents.delete(path);
    const textDocument = { uri: uriOf(path) };
    await this.#connection.sendNotification('textDocument/didClose', { textDocument });
  }

  /** The reports of the text as it is now. */
  async reports(path: string): Promise<readonly Diagnostic[]> {
    const version = this.#documents.get(path)?.version;
    return (await this.#report(path, (params) => params.version === version)).diagnostics;
  }

  /** Waits for reports that say this; for what is to come, and for what has come. */
  async reportsOnce(path: string, isIt: (all: readonly Diagnostic[]) => boolean): Promise<void> {
    await this.#report(path, ({ diagnostics }) => isIt(diagnostics));
  }

  actions(path: string, { range }: Diagnostic): Promise<CodeAction[]> {
    return this.#connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: uriOf(path) },
      range,
      context: { diagnostics: [] },
    });
  }

  async apply(action: CodeAction): Promise<void> {
    for (const { textDocument, edits } of action.edit!.documentChanges as TextDocumentEdit[]) {
      const path = fileURLToPath(textDocument.uri);
      if (textDocument.version !== this.#documents.get(path)!.version) throw new Error('too late');
      await this.#edit(path, edits as { range: Diagnostic['range']; newText: string }[]);
    }
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    const textDocument = { uri: uriOf(path) };
    return this.#connection.sendRequest('textDocument/hover', { textDocument, position });
  }

  async addFolder(folder: string): Promise<void> {
    await this.#connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: uriOf(folder), name: folder }], removed: [] },
    });
  }

  async changedOnDisk(...paths: readonly string[]): Promise<void> {
    await this.#connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: paths.map((path) => ({ uri: uriOf(path), type: 2 })),
    });
  }

  async kill(): Promise<void> {
    const ended = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await ended;
    this.#connection.dispose();
  }

  /** Goes without a word, as an editor that has crashed; gives the exit code of the server. */
  async vanish(): Promise<number> {
    const ended = once(this.#process, 'close');
    this.#process.stdin.end();
    const [code] = (await ended) as [number];
    this.#connection.dispose();
    return code;
  }

  /** Ends the server as an editor does; gives its exit code. */
  async quit(): Promise<number> {
    const ended = once(this.#process, 'close');
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    const [code] = (await ended) as [number];
    this.#connection.dispose();
    return code;
  }

  async #edit(
    path: string,
    edits: readonly { range: Diagnostic['range']; newText: string }[],
  ): Promise<void> {
    const document = this.#documents.get(path)!;
    const contentChanges = edits.map(({ range, newText }) => ({ range, text: newText }));
    const version = document.version + 1;
    TextDocument.update(document, contentChanges, version);
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: document.uri, version },
      contentChanges,
    });
  }

  #report(
    path: string,
    isIt: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve) => {
      const look = (): void => {
        const params = this.#reports.get(uriOf(path));
        if (params === undefined || !isIt(params)) return;
        this.#waiting.delete(look);
        resolve(params);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

function uriOf(path: string): string {
  return pathToFileURL(join(path)).href;
}
