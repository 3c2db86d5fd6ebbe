import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { timeout } from 'mooring';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

import { applyEdits, lastFirst, type Position, type TextEdit } from './text-edits.js';

export interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  /** The rule, such as `mooring/no-floating-promises`. */
  readonly code?: string;
  /** Where an editor leads when the rule's name is clicked. */
  readonly codeDescription?: { readonly href: string };
}

export interface CodeAction {
  readonly title: string;
  readonly isPreferred?: boolean;
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
}

interface WorkspaceEdit {
  readonly documentChanges: readonly {
    readonly textDocument: { readonly uri: string };
    readonly edits: readonly TextEdit[];
  }[];
}

/** Settings of the ESLint extension of VS Code. */
export type EditorSettings = Readonly<Record<string, unknown>>;

/** What the extension sends for each document, as its defaults are. */
const DEFAULTS: EditorSettings = {
  validate: 'on',
  experimental: {},
  problems: {},
  rulesCustomizations: [],
  nodePath: null,
  workingDirectory: { mode: 'location' },
  codeAction: {
    disableRuleComment: { enable: true, location: 'separateLine' },
    showDocumentation: { enable: true },
  },
  codeActionOnSave: { mode: 'all' },
};

/** What `eslint/status` says of a lint that ran to its end. */
const STATE_OK = 1;

/** How long an answer may take on a slow machine; a cold typed program is the longest. */
const PATIENCE = 120_000;

/**
 * The ESLint language server of VS Code, driven as an editor drives it: over its standard input and
 * output, with documents that are open and differ from the disk.
 *
 * A request that is not answered in time ends the server; the error says what was asked and what
 * the server had said.
 */
export class LanguageServer {
  readonly #root: string;
  readonly #settings: EditorSettings;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: MessageConnection;
  readonly #documents: Map<string, { version: number; text: string }> = new Map();
  /** The pages that the editor was asked to show. */
  readonly openedPages: string[] = [];
  /** How the last lint of each document went. */
  readonly #states: Map<string, number> = new Map();
  /** What the server said of itself, for errors. */
  readonly #log: string[] = [];

  private constructor(root: string, settings: EditorSettings) {
    this.#root = root;
    this.#settings = settings;
    const program = createRequire(import.meta.url).resolve(
      'vscode-langservers-extracted/bin/vscode-eslint-language-server',
    );
    this.#process = spawn(process.execPath, [program, '--stdio'], { cwd: root });
    this.#process.stderr.on('data', (said: Buffer) => this.#log.push(said.toString()));
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
  }

  /** Starts a server for one workspace folder, ready for its first document. */
  static async start(root: string, settings: EditorSettings = {}): Promise<LanguageServer> {
    const server = new LanguageServer(root, settings);
    server.#answer();
    const folder = { uri: pathToFileURL(root).href, name: 'workspace' };
    await server.#ask('initialize', {
      processId: process.pid,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities: {
        workspace: {
          applyEdit: true,
          configuration: true,
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true },
          diagnostics: { refreshSupport: true },
        },
        textDocument: {
          diagnostic: {},
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } },
          },
        },
      },
    });
    await server.#tell('initialized', {});
    return server;
  }

  /** Opens a document whose text need not be on the disk. */
  async open(path: string, text: string): Promise<void> {
    const uri = this.#uri(path);
    this.#documents.set(uri, { version: 1, text });
    const languageId = path.endsWith('x') ? 'typescriptreact' : 'typescript';
    await this.#tell('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async close(path: string): Promise<void> {
    const uri = this.#uri(path);
    this.#documents.delete(uri);
    await this.#tell('textDocument/didClose', { textDocument: { uri } });
  }

  /** The text of an open document. */
  textOf(path: string): string {
    return this.#document(this.#uri(path)).text;
  }

  /** Types, as a person does: the server is told of the edits, not of the whole text. */
  async edit(path: string, ...edits: readonly TextEdit[]): Promise<void> {
    await this.#edit(this.#uri(path), edits);
  }

  /** What the editor would underline now. */
  async diagnostics(path: string): Promise<Diagnostic[]> {
    const uri = this.#uri(path);
    const { items } = await this.#ask<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    // A lint that threw looks like a clean file in the answer; only the status tells.
    if (this.#states.get(uri) !== STATE_OK) throw this.#error(`${path} could not be linted`);
    return items;
  }

  /** What the light bulb on a diagnostic offers. */
  async actions(path: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    const actions = await this.#ask<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: this.#uri(path) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    return actions ?? [];
  }

  /** Chooses an offer of the light bulb; the document has changed when this resolves. */
  async apply({ command }: CodeAction): Promise<void> {
    await this.#ask('workspace/executeCommand', command);
  }

  /** Ends the server as the protocol says, and gives its exit code. */
  async stop(): Promise<number | null> {
    const closed = once(this.#process, 'close') as Promise<[number | null]>;
    await this.#within('shutdown', () => this.#connection.sendRequest('shutdown'));
    await this.#connection.sendNotification('exit');
    const [code] = await this.#within('exit', () => closed);
    this.#connection.dispose();
    return code;
  }

  /** Answers what the server asks of an editor. */
  #answer(): void {
    const connection = this.#connection;
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
      items.map(() => ({
        ...DEFAULTS,
        ...this.#settings,
        workspaceFolder: { uri: pathToFileURL(this.#root).href, name: 'workspace' },
      })),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    connection.onRequest('workspace/applyEdit', async ({ edit }: { edit: WorkspaceEdit }) => {
      for (const { textDocument, edits } of edit.documentChanges) {
        await this.#edit(textDocument.uri, edits);
      }
      return { applied: true };
    });
    connection.onRequest('eslint/openDoc', ({ url }: { url: string }) => {
      this.openedPages.push(url);
      return {};
    });
    connection.onNotification('eslint/status', ({ uri, state }: { uri: string; state: number }) => {
      this.#states.set(uri, state);
    });
    connection.onUnhandledNotification(({ method, params }) => {
      this.#log.push(`${method} ${JSON.stringify(params)}\n`);
    });
    // A server that has gone answers nothing: what waits for it has to hear so.
    this.#process.once('exit', (code, signal) => {
      this.#log.push(`exited with ${code ?? signal}\n`);
      connection.dispose();
    });
    connection.listen();
  }

  async #edit(uri: string, edits: readonly TextEdit[]): Promise<void> {
    const document = this.#document(uri);
    document.version += 1;
    document.text = applyEdits(document.text, edits);
    await this.#tell('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: lastFirst(edits).map(({ range, newText }) => ({ range, text: newText })),
    });
  }

  #document(uri: string): { version: number; text: string } {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open.`);
    return document;
  }

  #uri(path: string): string {
    return new URL(path, `${pathToFileURL(this.#root).href}/`).href;
  }

  async #tell(method: string, params: unknown): Promise<void> {
    await this.#connection.sendNotification(method, params);
  }

  async #ask<Answer>(method: string, params: unknown): Promise<Answer> {
    return this.#within(method, () => this.#connection.sendRequest<Answer>(method, params));
  }

  async #within<Answer>(what: string, wait: () => Promise<Answer>): Promise<Answer> {
    using deadline = timeout(PATIENCE);
    // Nothing else stops a wait for a server that hangs.
    deadline.signal.addEventListener('abort', () => this.#process.kill('SIGKILL'), { once: true });
    try {
      return await wait();
    } catch (cause) {
      const why = deadline.expired ? `was not answered in ${PATIENCE} ms` : 'failed';
      throw this.#error(`\`${what}\` ${why}`, { cause });
    }
  }

  #error(what: string, options?: ErrorOptions): Error {
    return new Error(`${what}. The language server said:\n${this.#log.join('')}`, options);
  }
}
