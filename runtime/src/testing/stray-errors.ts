import { builtin } from './platform.js';

interface Emitter {
  listeners(event: string): Listener[];
  removeListener(event: string, listener: Listener): void;
  on(event: string, listener: Listener): void;
}
type Listener = (error: unknown) => void;

const EVENTS = {
  unhandledRejection: 'an unhandled rejection',
  uncaughtException: 'an uncaught exception',
};

/**
 * Keeps what nobody catches from the handlers of the test library and of the platform, until it is
 * stopped. A page has no way to keep it from other listeners, and only hears it, too.
 */
export function catchStrayErrors(): { errors: Error[]; stop(): void } {
  const errors: Error[] = [];
  const add = (what: string, cause: unknown): void => {
    errors.push(new Error(`${what}: ${textOf(cause)}`, { cause }));
  };
  const process = realProcess();
  const stop = process ? onProcess(process, add) : onPage(add);
  return { errors, stop };
}

/** jest gives its tests a copy of `process`, on which nothing ever happens; the context around has it. */
function realProcess(): Emitter | undefined {
  const vm = builtin<{ runInThisContext(code: string): unknown }>('node:vm');
  return vm?.runInThisContext('globalThis.process') as Emitter | undefined;
}

function onProcess(process: Emitter, add: (what: string, cause: unknown) => void): () => void {
  const undo = Object.entries(EVENTS).map(([event, what]) => {
    const others = process.listeners(event);
    for (const listener of others) process.removeListener(event, listener);
    const listener = (error: unknown): void => add(what, error);
    process.on(event, listener);
    return () => {
      process.removeListener(event, listener);
      for (const other of others) process.on(event, other);
    };
  });
  return () => undo.forEach((each) => each());
}

function onPage(add: (what: string, cause: unknown) => void): () => void {
  const page = globalThis as unknown as {
    addEventListener(type: string, listener: (event: PageEvent) => void): void;
    removeEventListener(type: string, listener: (event: PageEvent) => void): void;
  };
  const listener = (event: PageEvent): void => {
    event.preventDefault();
    add(EVENTS.unhandledRejection, event.reason);
  };
  page.addEventListener('unhandledrejection', listener);
  return () => page.removeEventListener('unhandledrejection', listener);
}

interface PageEvent {
  readonly reason: unknown;
  preventDefault(): void;
}

export function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'a value without a text';
  }
}
