import { builtin } from './platform.js';

let collect: (() => void) | undefined;

/** Collects the garbage, where the platform lets a program ask for that: Node and Bun. */
export function collector(): (() => void) | undefined {
  const { gc, Bun } = globalThis as unknown as {
    gc?: () => void;
    Bun?: { gc(isNow: boolean): void };
  };
  return (collect ??= Bun ? () => Bun.gc(true) : (gc ?? collectorOfNode()));
}

/** Node shows `gc` to contexts that are made after the flag was set, with or without `--expose-gc`. */
function collectorOfNode(): (() => void) | undefined {
  const v8 = builtin<{ setFlagsFromString(flag: string): void }>('node:v8');
  const vm = builtin<{ runInNewContext(code: string): unknown }>('node:vm');
  try {
    v8?.setFlagsFromString('--expose-gc');
    const gc = vm?.runInNewContext('gc');
    return typeof gc === 'function' ? (gc as () => void) : undefined;
  } catch {
    // Deno has the modules, and no such name.
    return undefined;
  }
}
