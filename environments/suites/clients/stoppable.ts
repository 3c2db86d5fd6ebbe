import { readFileSync, writeFileSync } from 'node:fs';

import ts from 'typescript';

import { guide } from './table.js';

export type Stoppable = <T>(
  scope: { signal: AbortSignal },
  start: () => Promise<T>,
  stop: () => unknown,
  isStopped: (error: unknown) => boolean,
) => Promise<T>;

/** The function that the guide shows for clients that take no signal, from the guide. */
export async function stoppableOfTheGuide(): Promise<Stoppable> {
  const blocks = readFileSync(guide, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm);
  const code = [...blocks].flatMap(
    ([, code = '']) => /^async function stoppable<[\s\S]*?^}/m.exec(code) ?? [],
  );
  const file = new URL('from-the-guide.js', import.meta.url);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  writeFileSync(file, ts.transpileModule(`export ${code[0]}`, { compilerOptions }).outputText);
  const { stoppable } = (await import(file.href)) as { stoppable: Stoppable };
  return stoppable;
}
