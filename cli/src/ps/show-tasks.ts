import { isCancellation, sleep } from 'mooring';
import { format, type ScopeInfo, tree } from 'mooring/inspect';

import { CannotError, CLEAN, type ExitCode } from '../command.js';
import type { Terminal } from '../terminal.js';
import { withInspector } from './inspector.js';
import { treeWithStacks } from './tree-with-stacks.js';
import type { Session } from './session.js';

/** Milliseconds between two looks of `--watch`. */
const PERIOD = 1_000;

export interface PsOptions {
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly stacks?: boolean;
}

/** Prints the tree of the scopes that are open in another process. */
export async function showTasks(
  pid: number,
  options: PsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    await withInspector(pid, stop, terminal, async (session) => {
      await checkMooring(pid, session, stop);
      for (;;) {
        print(await look(session, options, terminal, stop), options, terminal);
        if (!options.watch) return;
        await sleep(PERIOD, stop);
      }
    });
  } catch (error) {
    if (options.watch && isCancellation(error, stop)) return CLEAN;
    if (error instanceof CannotError || !(await isEnding(pid))) throw error;
    if (!options.watch) throw new CannotError(`Process ${pid} has ended while it was looked at`);
    terminal.stderr.write(`Process ${pid} has ended.\n`);
  } finally {
    process.off('SIGINT', interrupt);
  }
  return CLEAN;
}

async function checkMooring(pid: number, session: Session, scope: AbortController): Promise<void> {
  const isThere = await session.evaluate<boolean>(
    `typeof globalThis[Symbol.for('mooring')] === 'object'`,
    scope,
  );
  if (!isThere) {
    throw new CannotError(`No scope of mooring was ever opened in process ${pid}`);
  }
}

/** The function is sent as text: it needs nothing of the process but the list of open scopes. */
function look(
  session: Session,
  { stacks }: PsOptions,
  terminal: Terminal,
  scope: AbortController,
): Promise<ScopeInfo[]> {
  if (stacks) return treeWithStacks(session, terminal, scope);
  return session.evaluate<ScopeInfo[]>(`(${String(tree)})()`, scope);
}

function print(scopes: ScopeInfo[], { json, watch }: PsOptions, { stdout }: Terminal): void {
  if (json) {
    stdout.write(`${JSON.stringify(scopes, null, watch ? undefined : 2)}\n`);
    return;
  }
  // Over what was there before, where that can be drawn over.
  const clear = watch && stdout.isTTY ? '\u001B[H\u001B[J' : '';
  stdout.write(`${clear}${format(scopes)}\n${watch && !stdout.isTTY ? '\n' : ''}`);
}

/** A process that ends shuts its inspector first, and is there until its parent has noticed. */
async function isEnding(pid: number): Promise<boolean> {
  for (let looks = 0; looks < 40; looks++) {
    try {
      process.kill(pid, 0);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
    await sleep(50);
  }
  return false;
}
