import { builtin } from './platform.js';

/** A file, a socket, a process, a worker: work that no promise job and no timer shows. */
interface Resource {
  readonly type: string;
  readonly handle: Handle;
}

interface Handle {
  hasRef?(): boolean;
  getsockname?(out: Address): number;
  getpeername?(out: Address): number;
  /** Of a compressor: what it works on. */
  buffer?: unknown;
}

interface Address {
  address?: string;
  port?: number;
}

interface AsyncHooks {
  createHook(hooks: object): { enable(): void; disable(): void };
}

/** One call that the platform answers by itself; it is gone when it has been answered. */
const CALL = /REQ(?!UEST$)|REQUEST$|CONNECTWRAP$|^(WRITE|SHUTDOWN|QUERY|UDPSEND)WRAP$|JOB$/;
/** Open until it is closed. It may bring something at any time while it keeps the process alive. */
const OPEN = /^(TCP|PIPE|PROCESS)WRAP$|^WORKER$|^ZLIB$/;
/** A parser that lives as long as its connection: the connection itself is looked at. */
const NONE = /^HTTP/;

/** Bun and Deno have the module, and never call its hooks. */
export const seesRealWork =
  !('Bun' in globalThis || 'Deno' in globalThis) && builtin('node:async_hooks') !== undefined;

/**
 * The real work in flight, as far as Node tells of it. `process.getActiveResourcesInfo()` knows no
 * zlib, no crypto and no workers; the types of `async_hooks` do. What neither shows:
 * `WebAssembly.compile`, `Atomics.waitAsync`, and what was opened before the clock began.
 */
export class RealWork {
  /** Some was seen since the clock began. */
  wasSeen = false;
  /** Goes up with each callback of the platform. */
  callbacks = 0;
  readonly #open = new Map<number, Resource>();
  readonly #hook: { enable(): void; disable(): void } | undefined;

  constructor() {
    this.#hook = builtin<AsyncHooks>('node:async_hooks')?.createHook({
      init: (id: number, type: string, _: number, handle: Handle) => this.#opened(id, type, handle),
      before: (id: number) => this.#open.has(id) && this.callbacks++,
      destroy: (id: number) => this.#open.delete(id),
    });
  }

  watch(): void {
    this.#hook?.enable();
  }

  stop(): void {
    this.#hook?.disable();
    this.#open.clear();
  }

  /** What the clock stands still for, in words. */
  get inFlight(): string[] {
    if (this.#open.size === 0) return [];
    const resources = [...this.#open.values()];
    return resources.filter((resource) => isBusy(resource, resources)).map(({ type }) => type);
  }

  /**
   * A connection is open, be it to this very process: what is on its way between the two ends nothing
   * shows, and on a busy machine it takes more than a few turns.
   */
  get isConnected(): boolean {
    return [...this.#open.values()].some(({ type }) => type === 'TCPWRAP');
  }

  #opened(id: number, type: string, handle: Handle): void {
    if (type === 'PROMISE' || NONE.test(type) || !(CALL.test(type) || OPEN.test(type))) return;
    this.#open.set(id, { type, handle });
    this.wasSeen = true;
  }
}

function isBusy({ type, handle }: Resource, all: readonly Resource[]): boolean {
  if (!OPEN.test(type)) return true;
  if (handle.hasRef?.() === false) return false;
  if (type === 'ZLIB') return handle.buffer !== null && handle.buffer !== undefined;
  return type !== 'TCPWRAP' || leadsOutside(handle, all);
}

/**
 * A connection to a server in this very process brings nothing by itself: the server may be waiting
 * for virtual time. Both ends are then in the list, each with the other's addresses.
 */
function leadsOutside(handle: Handle, all: readonly Resource[]): boolean {
  const here = addressOf(handle.getsockname?.bind(handle));
  const there = addressOf(handle.getpeername?.bind(handle));
  if (!here || !there) return false;
  return !all.some(
    ({ type, handle: other }) =>
      type === 'TCPWRAP' &&
      addressOf(other.getsockname?.bind(other)) === there &&
      addressOf(other.getpeername?.bind(other)) === here,
  );
}

function addressOf(get: ((out: Address) => number) | undefined): string | undefined {
  const out: Address = {};
  if (!get || get(out) !== 0 || out.port === undefined) return undefined;
  return `${out.address} ${out.port}`;
}
