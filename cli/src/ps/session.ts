import { once } from 'node:events';

import { abandonOnCancel, type ScopeOptions, timeout } from 'mooring';
import { WebSocket } from 'ws';

/** How long a process may take to answer, in milliseconds: one that is busy answers late. */
const PATIENCE = 30_000;

const CLOSED = 'the inspector was closed before it answered';

type Listener = (params: never) => void;

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Caller {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Evaluated {
  readonly result: { readonly value?: unknown; readonly objectId?: string };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

/** A conversation with an inspector, in the Chrome DevTools Protocol. */
export class Session {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Caller>();
  readonly #listeners = new Map<string, Listener>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) =>
      this.#hear(JSON.parse((data as Buffer).toString('utf8')) as Reply),
    );
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(CLOSED));
      }
      this.#waiting.clear();
    });
    // What it says is told to those who wait, when it closes.
    socket.on('error', () => {});
  }

  static async connect(url: string, scope: ScopeOptions): Promise<Session> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 });
    const session = new Session(socket);
    await timeout(PATIENCE, ({ signal }) => once(socket, 'open', { signal }), scope);
    return session;
  }

  /** Waits no longer than `ms`, and no longer than until the scope is cancelled. */
  async call<T>(
    method: string,
    params: object = {},
    scope: ScopeOptions = {},
    ms = PATIENCE,
  ): Promise<T> {
    if (this.#socket.readyState !== WebSocket.OPEN) throw new Error(CLOSED);
    const id = ++this.#calls;
    const reply = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#socket.send(JSON.stringify({ id, method, params }));
    return timeout(ms, (deadline) => abandonOnCancel(reply as Promise<T>, deadline), scope);
  }

  /** The value of an expression, which must be JSON. */
  async evaluate<T>(expression: string, scope?: ScopeOptions): Promise<T> {
    return (await this.#run('Runtime.evaluate', { expression, returnByValue: true }, scope))
      .value as T;
  }

  /** A handle of an object, by which the inspector can be asked about it. */
  async evaluateObject(expression: string, scope?: ScopeOptions): Promise<string> {
    return (await this.#run('Runtime.evaluate', { expression }, scope)).objectId!;
  }

  /** What a function gives that is called on such an object: JSON, */
  async callOn<T>(objectId: string, functionDeclaration: string, scope?: ScopeOptions): Promise<T> {
    const params = { objectId, functionDeclaration, returnByValue: true };
    return (await this.#run('Runtime.callFunctionOn', params, scope)).value as T;
  }

  /** or an object again. */
  async objectOn(
    objectId: string,
    functionDeclaration: string,
    scope?: ScopeOptions,
  ): Promise<string> {
    const params = { objectId, functionDeclaration };
    return (await this.#run('Runtime.callFunctionOn', params, scope)).objectId!;
  }

  on<T>(event: string, listener: (params: T) => void): void {
    this.#listeners.set(event, listener);
  }

  close(): void {
    this.#socket.terminate();
  }

  async #run(method: string, params: object, scope?: ScopeOptions): Promise<Evaluated['result']> {
    const { result, exceptionDetails } = await this.call<Evaluated>(method, params, scope);
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result;
  }

  #hear({ id, method, params, result, error }: Reply): void {
    if (method !== undefined) this.#listeners.get(method)?.(params as never);
    if (id === undefined) return;
    const reply = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) reply?.reject(new Error(error.message));
    else reply?.resolve(result);
  }
}
