/** `mooring lsp`, driven as `LanguageServer` drives that of ESLint, as far as it is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';

import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

import { applyEdits } from '../../tools/dist/editor/text-edits.js';

const program = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

export class MooringServer {
  #root;
  #process;
  #connection;
  #documents = new Map();
  #reports = new Map();
  #waiting = () => {};

  static async start(root) {
    const server = new MooringServer();
    server.#root = root;
    server.#process = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: root });
    server.#connection = createMessageConnection(
      new StreamMessageReader(server.#process.stdout),
      new StreamMessageWriter(server.#process.stdin),
    );
    server.#connection.onNotification('textDocument/publishDiagnostics', (params) => {
      server.#reports.set(params.uri, params);
      server.#waiting();
    });
    server.#connection.listen();
    const folder = { uri: pathToFileURL(root).href, name: 'workspace' };
    await server.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities: {},
    });
    await server.#connection.sendNotification('initialized', {});
    return server;
  }

  async open(path, text) {
    const uri = this.#uri(path);
    this.#documents.set(uri, { version: 1, text });
    const textDocument = { uri, languageId: 'typescript', version: 1, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  textOf(path) {
    return this.#documents.get(this.#uri(path)).text;
  }

  async edit(path, edit) {
    const uri = this.#uri(path);
    const document = this.#documents.get(uri);
    document.version += 1;
    document.text = applyEdits(document.text, [edit]);
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [{ range: edit.range, text: edit.newText }],
    });
  }

  /** The reports of the text as it is now, when they come. */
  async diagnostics(path) {
    const uri = this.#uri(path);
    const { version } = this.#documents.get(uri);
    while (this.#reports.get(uri)?.version !== version) {
      await new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
    return this.#reports.get(uri).diagnostics;
  }

  async stop() {
    const ended = once(this.#process, 'close');
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    await ended;
    this.#connection.dispose();
  }

  #uri(path) {
    return new URL(path, `${pathToFileURL(this.#root).href}/`).href;
  }
}
