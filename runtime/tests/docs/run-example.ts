/**
 * Runs a program of a page as its reader would, but on a manual clock: time moves on only when
 * the program has nothing else to do, so that a deadline of a minute takes no time at all.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

import ts from 'typescript';
import { vi } from 'vitest';

import type { Example } from './examples.js';

const folder = fileURLToPath(
  new URL('../../../node_modules/.cache/mooring-examples/', import.meta.url),
);
const turn = setImmediate;

/** What the program prints, with its unhandled rejections. */
export async function runExample(
  { code, isOnRealClock }: Pick<Example, 'code' | 'isOnRealClock'>,
  name: string,
): Promise<string> {
  const printed: string[] = [];
  const file = write(code, name);
  const listeners = process.listeners('unhandledRejection');
  const { exitCode } = process;
  const log = vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => {
    printed.push(values.map(show).join(' '));
  });
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (error) => printed.push(`unhandledRejection: ${String(error)}`));
  if (!isOnRealClock)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  try {
    const program = import(pathToFileURL(file).href).catch((error: unknown) => {
      printed.push(`Uncaught ${String(error)}`);
    });
    await (isOnRealClock ? program : moveClockUntilIdle(program));
  } finally {
    vi.useRealTimers();
    log.mockRestore();
    process.exitCode = exitCode;
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    rmSync(file);
  }
  return `${printed.join('\n')}\n`;
}

/** Lets everything settle that needs no time, then moves the clock to the next timer. */
async function moveClockUntilIdle(program: Promise<unknown>): Promise<void> {
  let isDone = false;
  void program.then(() => (isDone = true));
  for (;;) {
    await idle();
    if (vi.getTimerCount() === 0) {
      if (isDone) return;
      continue;
    }
    await vi.advanceTimersToNextTimerAsync();
  }
}

/** A read or a write is on its way as long as the platform says so. */
async function idle(): Promise<void> {
  do {
    for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => turn(resolve));
  } while (
    process.getActiveResourcesInfo().some((resource) => /FSReq|CloseReq|GetAddrInfo/.test(resource))
  );
}

function write(code: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}${name.replaceAll(/\W/g, '-')}-${process.pid}.mjs`;
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  writeFileSync(file, outputText);
  return file;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}
