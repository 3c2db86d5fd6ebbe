/**
 * A program of a page as a function of a scope: what it opens first, it opens in that scope, as if
 * its author had handed one in. What is opened inside that is left as it is written, clean-up without
 * a parent included.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

import * as mooring from 'mooring';
import ts from 'typescript';

interface Scope {
  readonly signal: AbortSignal;
}

type Program = (scope: Scope) => Promise<void>;

const folder = fileURLToPath(
  new URL('../../../node_modules/.cache/mooring-cancelled/', import.meta.url),
);

export async function cancellableProgram(code: string, name: string): Promise<Program> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  let names = '{}';
  const imports: string[] = [];
  const body = outputText.replaceAll(/^import ([^;]*?) from '([^']*)';\n/gm, (line, what, from) => {
    if (from === 'mooring') names = String(what);
    else imports.push(String(line));
    return '';
  });
  mkdirSync(folder, { recursive: true });
  const file = `${folder}${name.replaceAll(/\W/g, '-')}-${process.pid}.mjs`;
  writeFileSync(file, `${imports.join('')}export default async (${names}) => {\n${body}\n};\n`);
  try {
    const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      default: (library: object) => Promise<void>;
    };
    return (scope) => module.default({ ...mooring, ...openedIn(scope) });
  } finally {
    rmSync(file);
  }
}

/** What a scope has opened runs in it. One store for all: in Node 20 each makes every promise dearer. */
const inside = new AsyncLocalStorage<Scope>();

/** The functions that open scopes. Outside every other, the scope that they open is in `scope`. */
function openedIn(scope: Scope): object {
  const optionsIn = <O extends { signal?: AbortSignal | undefined }>(options?: O): O => {
    if (inside.getStore() === scope) return options as O;
    const { signal } = options ?? {};
    return {
      ...(options as O),
      signal: signal ? AbortSignal.any([signal, scope.signal]) : scope.signal,
    };
  };
  const within =
    <A extends unknown[], R>(fn: (...args: A) => R) =>
    (...args: A): R =>
      inside.run(scope, fn, ...args);

  class TaskGroup extends mooring.TaskGroup {
    constructor(options?: mooring.TaskGroupOptions) {
      super(optionsIn(options));
    }

    static override run<R>(
      body: (group: mooring.TaskGroup) => R | PromiseLike<R>,
      options?: mooring.TaskGroupOptions,
    ): Promise<R> {
      return mooring.TaskGroup.run(within(body), optionsIn(options));
    }

    override createTask<T>(
      fn: (context: mooring.TaskContext) => T | PromiseLike<T>,
      options?: mooring.TaskOptions,
    ): mooring.Task<T> {
      return super.createTask(within(fn), options);
    }
  }
  for (const name of ['all', 'allSettled', 'any', 'race', 'map'] as const) {
    const open = mooring.TaskGroup[name] as (...args: unknown[]) => unknown;
    // Where the options stand.
    const place = name === 'map' ? 2 : 1;
    Object.defineProperty(TaskGroup, name, {
      value: (...args: unknown[]) => {
        const options = optionsIn(args[place] as object);
        return inside.run(scope, () => open(...args.slice(0, place), options));
      },
    });
  }
  const timeout = (when: number, ...rest: unknown[]): unknown => {
    const [body, options] = rest;
    return typeof body === 'function'
      ? mooring.timeout(when, within(body as () => void), optionsIn(options as object))
      : mooring.timeout(when, optionsIn(body as object));
  };
  return { TaskGroup, timeout };
}
