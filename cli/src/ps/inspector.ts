import { sleep, timeout } from 'mooring';

import { CannotError } from '../command.js';
import type { Terminal } from '../terminal.js';
import { checkReach, inspectorPort, listensForInspector } from './process-facts.js';
import { Session } from './session.js';

interface Scope {
  readonly signal: AbortSignal;
}

/** Milliseconds that a process has to open its inspector, */
const PATIENCE = 15_000;
/** and to close it. */
const PATIENCE_TO_CLOSE = 5_000;
/** Between two looks whether it has. */
const PAUSE = 50;

/** In a turn of its own: `close` waits, and all of the process with it, until this connection is gone. */
const CLOSE = `void setTimeout(() => process.getBuiltinModule('node:inspector').close(), 0)`;

/**
 * Opens the inspector of a process and hands a conversation with it to `body`. Whatever comes of that,
 * the inspector is closed again, and the port looked at whether it is; one that was open before stays.
 */
export async function withInspector<R>(
  pid: number,
  scope: Scope,
  { stderr }: Pick<Terminal, 'stderr'>,
  body: (session: Session) => Promise<R>,
): Promise<R> {
  checkReach(pid);
  await untilListening(pid, scope);
  const port = inspectorPort(pid);
  const before = await sessionAt(port, scope);
  const session = before ?? (await open(pid, port, scope));
  try {
    const other = await session.evaluate<number>('process.pid', scope);
    if (other !== pid) {
      throw new CannotError(
        `Port ${port}, where process ${pid} would open its inspector, is taken by process ${other}`,
      );
    }
    return await body(session);
  } finally {
    if (before) before.close();
    else if (!(await close(session, pid, port))) {
      stderr.write(
        `The inspector of process ${pid} is still open at port ${port}: it is closed once the process comes back to its event loop.\n`,
      );
    }
  }
}

/** Without this the signal would kill a process that has just been started. */
async function untilListening(pid: number, scope: Scope): Promise<void> {
  const isListening = await until(() => listensForInspector(pid), 2_000, scope);
  if (!isListening) {
    throw new CannotError(
      `Process ${pid} does not listen for SIGUSR1, so it opens no inspector: import mooring/inspect/on-signal in it, and send it SIGUSR2`,
    );
  }
}

async function open(pid: number, port: number, scope: Scope): Promise<Session> {
  if (process.platform === 'win32') debugProcess(pid);
  else process.kill(pid, 'SIGUSR1');
  const session = await until(() => sessionAt(port, scope), PATIENCE, scope);
  if (session) return session;
  checkReach(pid);
  throw new CannotError(
    `Process ${pid} was asked for its inspector and has not opened one at port ${port}: it handles SIGUSR1 itself, or has been stopped`,
  );
}

/** Windows has no such signal; Node has a way of its own. */
function debugProcess(pid: number): void {
  (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
}

async function close(session: Session, pid: number, port: number): Promise<boolean> {
  const scope = new AbortController();
  // It may have ended meanwhile, and with it the conversation.
  await session.evaluate(CLOSE, scope).catch(() => {});
  session.close();
  return until(() => isShut(port, pid), PATIENCE_TO_CLOSE, scope);
}

async function isShut(port: number, pid: number): Promise<boolean> {
  try {
    checkReach(pid);
  } catch {
    return true;
  }
  return (await listAt(port, new AbortController()).catch(() => 'taken')) === undefined;
}

/** Asks until the answer is neither false nor undefined; gives the last one. */
async function until<T>(ask: () => T | Promise<T>, ms: number, scope: Scope): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer || performance.now() > end) return answer;
    await sleep(PAUSE, scope);
  }
}

/** The inspector at a port; nothing where nobody listens. */
async function sessionAt(port: number, scope: Scope): Promise<Session | undefined> {
  const targets = await listAt(port, scope);
  if (!targets) return undefined;
  const [url] = targets.flatMap(({ webSocketDebuggerUrl = [] }) => webSocketDebuggerUrl);
  if (url === undefined) {
    throw new CannotError(`Somebody else is connected to the inspector at port ${port}`);
  }
  return Session.connect(url, scope);
}

interface InspectorTarget {
  /** Absent from one that takes no other connection. */
  readonly webSocketDebuggerUrl?: string;
}

async function listAt(port: number, scope: Scope): Promise<InspectorTarget[] | undefined> {
  try {
    return await timeout(
      PATIENCE,
      async ({ signal }) => {
        const response = await fetch(`http://127.0.0.1:${port}/json/list`, { signal });
        return (await response.json()) as InspectorTarget[];
      },
      scope,
    );
  } catch (error) {
    scope.signal.throwIfAborted();
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code === 'ECONNREFUSED') return undefined;
    throw new CannotError(
      `Port ${port}, where the inspector would open, is taken by another program`,
    );
  }
}
