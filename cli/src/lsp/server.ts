import { sleep, type Task, type TaskGroup } from 'mooring';
import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

import { type Preset, PRESETS } from '../lint/preset.js';
import { actionsFor } from './actions.js';
import { diagnosticOf } from './diagnostics.js';
import { hoverAt } from './hover.js';
import type { Linted } from './linted.js';
import { Workspace } from './workspace.js';

/** Typing goes on while this lasts, and nothing is linted. */
const PAUSE_MS = 120;

/** Files that change while the editor does not show them: a branch is switched, packages come. */
const WATCHED = [
  '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
  '**/{ts,js}config*.json',
  '**/eslint.config.*',
  '**/package.json',
];

/**
 * Shows the reports of open documents as they are typed, offers the suggestions, and shows the page
 * of a rule. What is asked about a text that has not been linted yet waits for that.
 */
export class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #workspace: Workspace;
  readonly #group: TaskGroup;
  readonly #linted: Map<string, Linted> = new Map();
  /** The lint of each document that is to come; the next keystroke cancels it. */
  readonly #lints: Map<string, Task<void>> = new Map();
  #canWatch = false;
  #canAddFolders = false;

  constructor(connection: Connection, preset: Preset | undefined, group: TaskGroup) {
    this.#connection = connection;
    this.#group = group;
    this.#workspace = new Workspace(preset, (note) => connection.console.info(note));
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onDidChangeWatchedFiles(({ changes }) => {
      if (changes.some(({ uri }) => /\/eslint\.config\.\w+$/.test(uri))) this.#workspace.forget();
      this.#again();
    });
    connection.onCodeAction(async ({ textDocument: { uri }, range, context }) => {
      const linted = await this.#current(uri);
      return linted === undefined ? [] : actionsFor(linted, range, context.only);
    });
    connection.onHover(async ({ textDocument: { uri }, position }) => {
      const linted = await this.#current(uri);
      return linted === undefined ? null : hoverAt(linted, position);
    });
    this.#documents.onDidChangeContent(({ document }) => this.#soon(document));
    this.#documents.onDidSave(() => this.#again());
    this.#documents.onDidClose(({ document }) => this.#close(document));
    this.#documents.listen(connection);
    connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    const { workspaceFolders, capabilities } = params;
    const root = params.rootUri;
    this.#workspace.add(workspaceFolders?.map(({ uri }) => uri) ?? (root === null ? [] : [root]));
    this.#workspace.prefer(this.#presetIn(params.initializationOptions));
    this.#canAddFolders = capabilities.workspace?.workspaceFolders ?? false;
    this.#canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    return {
      serverInfo: { name: 'mooring' },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: { includeText: false },
        },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        hoverProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  /** The preset that an editor's settings name: `{ "preset": "structured" }`. */
  #presetIn(options: unknown): Preset | undefined {
    const value = (options as { preset?: unknown } | null | undefined)?.preset;
    const known = PRESETS.find((preset) => preset === value);
    if (known === undefined && value !== undefined) {
      const names = PRESETS.join(', ');
      this.#connection.console.error(
        `There is no preset ${JSON.stringify(value)}: it is one of ${names}, and recommended without any.`,
      );
    }
    return known;
  }

  async #initialized(): Promise<void> {
    const connection = this.#connection;
    if (this.#canAddFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.#workspace.add(added.map(({ uri }) => uri));
        this.#workspace.remove(removed.map(({ uri }) => uri));
        this.#again();
      });
    }
    if (!this.#canWatch) return;
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: WATCHED.map((globPattern) => ({ globPattern })),
    });
  }

  /** What an open document is reported for may have changed in another file. */
  #again(): void {
    for (const document of this.#documents.all()) this.#soon(document);
  }

  #soon(document: TextDocument): void {
    const { uri } = document;
    this.#lints.get(uri)?.cancel();
    this.#lints.set(
      uri,
      this.#group.createTask(async (scope) => {
        await sleep(PAUSE_MS, scope);
        await this.#lint(document);
      }),
    );
  }

  async #lint(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    try {
      const messages = await this.#workspace.lint(uri, document.getText());
      // Closed, or typed in, while the config was loaded.
      if (this.#documents.get(uri)?.version !== version) return;
      this.#linted.set(uri, { document, version, messages: messages ?? [] });
      const diagnostics = (messages ?? []).map(diagnosticOf);
      await this.#connection.sendDiagnostics({ uri, version, diagnostics });
    } catch (error) {
      // One document that cannot be linted does not end the server of the others.
      this.#connection.console.error(error instanceof Error ? (error.stack ?? '') : String(error));
    }
  }

  /** What was reported in the text as it is now. */
  async #current(uri: string): Promise<Linted | undefined> {
    await this.#lints.get(uri)?.catch(() => {});
    return this.#linted.get(uri);
  }

  #close({ uri }: TextDocument): void {
    this.#lints.get(uri)?.cancel();
    this.#lints.delete(uri);
    this.#linted.delete(uri);
    this.#group.createTask(() => this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
  }
}
