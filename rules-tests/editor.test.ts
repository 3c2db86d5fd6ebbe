import { symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import plugin from 'eslint-plugin-mooring';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  type CodeAction,
  type Diagnostic,
  LanguageServer,
} from '../tools/editor/language-server.js';
import { typedProgram } from '../tools/robustness/typed-program.js';
import { dedent } from './support/squiggles.js';
import { temporaryProject } from './support/temporary-project.js';
import { positionOf } from '../tools/editor/text-edits.js';

// Longer than the client waits for an answer, whose error says which one it was.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** For each rule that offers a fix or a suggestion, a program that it reports once. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'forward-signal': `
    declare function load(url: string, options?: { signal?: AbortSignal }): Promise<string>;
    export async function page(url: string, signal: AbortSignal): Promise<string> {
      signal.throwIfAborted();
      return await load(url);
    }
  `,
  'no-abort-listener-leak': `
    declare function work(): Promise<void>;
    export async function run(signal: AbortSignal, stop: () => void): Promise<void> {
      signal.addEventListener('abort', stop, { once: true });
      await work();
    }
  `,
  'no-background-timer': `
    import { TaskGroup } from 'mooring';

    declare function save(): Promise<void>;
    export async function run(): Promise<void> {
      await using group = new TaskGroup();
      setTimeout(() => {
        void save();
      }, 100);
      await group.join();
    }
  `,
  'no-delayed-deadline': `
    export class Client {
      readonly #signal = AbortSignal.timeout(5_000);
      load(url: string): Promise<Response> {
        return fetch(url, { signal: this.#signal });
      }
    }
  `,
  'no-growing-signal': `
    declare function step(options: { signal: AbortSignal }): Promise<boolean>;
    export async function poll(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        signal = AbortSignal.any([signal, AbortSignal.timeout(1_000)]);
        if (await step({ signal })) signal.throwIfAborted();
      }
    }
  `,
  'require-ready': `
    import type { TaskGroup } from 'mooring';

    declare function listen(signal: AbortSignal): Promise<void>;
    export async function up(group: TaskGroup): Promise<void> {
      await group.start(async ({ signal }) => {
        await listen(signal);
      });
    }
  `,
  'no-cancellation-by-name': `
    export function isCut(error: Error, signal: AbortSignal): boolean {
      return signal.aborted && error.name === 'AbortError';
    }
  `,
  'no-swallowed-cancellation': `
    declare function load(url: string, options: { signal: AbortSignal }): Promise<string>;
    export async function page(url: string, signal: AbortSignal): Promise<string> {
      try {
        return await load(url, { signal });
      } catch (error) {
        console.log(error);
        return 'none';
      }
    }
  `,
  'prefer-task-group': `
    declare function charge(): Promise<void>;
    declare function ship(): Promise<void>;

    export async function order(): Promise<void> {
      await Promise.all([charge(), ship()]);
    }
  `,
  'no-group-error-flattening': `
    import { TaskGroupError } from 'mooring';

    export function fail(error: TaskGroupError): never {
      throw error.errors[0];
    }
  `,
  'no-jump-out-of-group': `
    import { TaskGroup } from 'mooring';

    export function load(ready: boolean): Promise<unknown> {
      return TaskGroup.run(async (group) => {
        group.createTask(() => fetch('/first'));
        if (ready) return 'done';
        return fetch('/second');
      });
    }
  `,
  'no-useless-group': `
    import { TaskGroup } from 'mooring';

    export async function load(): Promise<void> {
      await using group = new TaskGroup();
      await fetch('/first');
    }
  `,
  'require-loop-checkpoint': `
    import type { TaskContext } from 'mooring';

    async function step(): Promise<void> {
      await Promise.resolve();
    }
    export async function work(context: TaskContext): Promise<void> {
      for (;;) {
        await step();
      }
    }
  `,
  'require-release': `
    import { Limiter } from 'mooring/limiter';

    const limiter = new Limiter(8);
    export async function query(send: () => Promise<string>): Promise<string> {
      const permit = await limiter.acquire();
      const rows = await send();
      permit.release();
      return rows;
    }
  `,
  'no-dead-controller': `
    export async function page(url: string, signal: AbortSignal): Promise<Response> {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      return fetch(url, { signal: controller.signal });
    }
  `,
  'require-cancellable-executor': `
    export async function pause(ms: number, signal: AbortSignal): Promise<void> {
      await new Promise<void>((resolve) => setTimeout(resolve, ms));
    }
  `,
  'prefer-throw-if-aborted': `
    import { sleep } from 'mooring';

    export async function step(signal: AbortSignal): Promise<void> {
      if (signal.aborted) throw new Error('aborted');
      await sleep(10, { signal });
    }
  `,
  'use-child-signal': `
    import { TaskGroup } from 'mooring';

    export async function pages(urls: readonly string[], signal: AbortSignal): Promise<Response[]> {
      return TaskGroup.map(urls, (url) => fetch(url, { signal }), { signal });
    }
  `,
  'no-detached-iife': `
    function save(): void {
      try {
        (async () => {
          await fetch('/save');
        })();
      } catch {}
    }
  `,
  'no-async-void-callback': `
    import { TaskGroup } from 'mooring';
    declare const items: string[];
    declare function save(item: string): Promise<void>;
    await TaskGroup.run(async (group) => {
      items.forEach(async (item) => save(item));
      await group.join();
    });
  `,
  'no-floating-promises': `
    import { TaskGroup } from 'mooring';
    declare function save(): Promise<void>;
    await TaskGroup.run(async (group) => {
      save();
    });
  `,
  'no-race-timeout': `
    await Promise.race([
      fetch('/'),
      new Promise((_, reject) => setTimeout(reject, 1_000)),
    ]);
  `,
  'no-resource-after-group': `
    import { TaskGroup } from 'mooring';
    declare function open(): Disposable;
    declare function read(file: Disposable): Promise<void>;
    await using group = new TaskGroup();
    using file = open();
    group.createTask(() => read(file));
    await group.join();
  `,
  'no-ungrouped-task': `
    declare function load(from: string): Promise<string>;
    export async function both() {
      const left = load('left');
      const right = await load('right');
      return (await left) + right;
    }
  `,
  'no-unshielded-cleanup': `
    declare function release(options: { signal?: AbortSignal }): Promise<void>;
    export async function run(signal: AbortSignal) {
      try {
        await fetch('/', { signal });
      } finally {
        await release({ signal });
      }
    }
  `,
  'require-group-scope': `
    import { TaskGroup } from 'mooring';
    export async function run() {
      const group = new TaskGroup();
      group.createTask(async () => {});
      await group.join();
    }
  `,
  'require-join': `
    import { TaskGroup } from 'mooring';
    export async function run() {
      await using group = new TaskGroup();
      group.createTask(async () => {});
    }
  `,
  'timeout-body-uses-signal': `
    import { timeout } from 'mooring';
    await timeout(1_000, () => fetch('/'));
  `,
};

const rules = Object.entries(plugin.rules ?? {}).map(([name, rule]) => ({
  name,
  id: `mooring/${name}`,
  url: rule.meta!.docs!.url,
  /** The preset that has the rule, and so the file of the fixture in which it is on. */
  file: `src/${(rule.meta!.docs as unknown as { preset: string }).preset}.ts`,
  offers: Boolean(rule.meta!.fixable) || rule.meta!.hasSuggestions === true,
}));
const offering = rules.filter(({ offers }) => offers);

const FILE = 'src/structured.ts';
const FLOATING = 'mooring/no-floating-promises';

const workspace = fileURLToPath(new URL('..', import.meta.url));
const project = `${workspace}rules-tests/fixtures/editor`;
let server: LanguageServer;
beforeAll(async () => {
  server = await LanguageServer.start(project);
});
afterAll(async () => {
  expect(await server.stop(), 'the server ends cleanly').toBe(0);
});

/** Opens a document with a text that is not on the disk, for as long as the test runs. */
async function withDocument(path: string, text: string, body: () => Promise<void>): Promise<void> {
  await server.open(path, text);
  try {
    await body();
  } finally {
    await server.close(path);
  }
}

async function reportsOf(id: string, path: string): Promise<Diagnostic[]> {
  const diagnostics = await server.diagnostics(path);
  return diagnostics.filter(({ code }) => code === id);
}

const isOffer = ({ command: { command } }: CodeAction): boolean =>
  command === 'eslint.applySuggestion' || command === 'eslint.applySingleFix';

describe('in an editor', () => {
  test('a report is underlined, says what to do, and leads to its page', async () => {
    await withDocument(FILE, "fetch('/');\n", async () => {
      expect(await server.diagnostics(FILE)).toMatchObject([
        {
          code: FLOATING,
          codeDescription: { href: rules.find(({ id }) => id === FLOATING)!.url },
          message: expect.stringContaining('Nothing here takes this promise') as string,
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 10 } },
        },
      ]);
    });
  });

  test('reports follow the typing, whatever is on the disk', async () => {
    await withDocument(FILE, 'const work = async () => {};\n\nexport { work };\n', async () => {
      expect(await server.diagnostics(FILE)).toEqual([]);

      const start = { line: 1, character: 0 };
      await server.edit(FILE, { range: { start, end: start }, newText: "fetch('/');" });
      const after = await server.diagnostics(FILE);
      expect(after).toMatchObject([{ code: FLOATING, range: { start } }]);

      await server.edit(FILE, { range: after[0]!.range, newText: 'await work()' });
      expect(server.textOf(FILE)).toContain('\nawait work();\n');
      expect(await server.diagnostics(FILE)).toEqual([]);
    });
  });

  test('a text that does not parse says so, and the reports come back when it does', async () => {
    await withDocument(FILE, "fetch('/');\nconst = 1;\n", async () => {
      const broken = await server.diagnostics(FILE);
      expect(broken).toHaveLength(1);
      expect(broken[0]!.message).toMatch(/^Parsing error/);

      const start = positionOf(server.textOf(FILE), ' = 1');
      await server.edit(FILE, { range: { start, end: start }, newText: ' one' });
      expect(await server.diagnostics(FILE)).toMatchObject([{ code: FLOATING }]);
    });
  });

  test('a report can be disabled where it stands, and its page opened', async () => {
    await withDocument(FILE, "fetch('/');\n", async () => {
      const [report] = await server.diagnostics(FILE);
      const actions = await server.actions(FILE, report!);
      const named = (start: string): CodeAction =>
        actions.find(({ title }) => title.startsWith(start))!;

      await server.apply(named('Show documentation'));
      expect(server.openedPages).toEqual([report!.codeDescription!.href]);

      await server.apply(named('Disable mooring/no-floating-promises for this line'));
      expect(server.textOf(FILE)).toMatch(/^\/\/ eslint-disable-next-line mooring\//);
      expect(await server.diagnostics(FILE)).toEqual([]);
    });
  });
});

describe('in an editor, with the types of TypeScript 7', () => {
  test('reports follow the other files on the disk', async () => {
    const root = temporaryProject({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
      'eslint.config.js': `
        import mooring from 'eslint-plugin-mooring';
        import parser from 'eslint-plugin-mooring/parser';
        export default [
          {
            files: ['**/*.ts'],
            languageOptions: { parser },
            settings: { mooring: { types: 'native', typescript: 'typescript-7' } },
          },
          ...mooring.configs['structured-type-checked'],
        ];
      `,
      'save.ts': 'export function save(): void {}',
      'main.ts': '',
    });
    symlinkSync(`${workspace}node_modules`, `${root}/node_modules`);
    const native = await LanguageServer.start(root);
    await native.open('main.ts', "import { save } from './save.js';\nsave();\n");
    expect(await native.diagnostics('main.ts')).toEqual([]);

    writeFileSync(`${root}/save.ts`, 'export declare function save(): Promise<void>;\n');
    expect(await native.diagnostics('main.ts')).toMatchObject([{ code: FLOATING }]);
    expect(await native.stop()).toBe(0);
  });
});

/** What TypeScript says of a text in place of a file. */
function typeErrors(file: string, text: string): string[] {
  const path = `${project}/${file}`;
  const program = typedProgram([{ path, text }]);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('every fix and suggestion', () => {
  test('has a program here', () => {
    expect(Object.keys(PROGRAMS).sort()).toEqual(offering.map(({ name }) => name).sort());
  });

  test.for(offering.filter(({ name }) => name in PROGRAMS))(
    'of $id ends the report',
    async ({ name, id, url, file }) => {
      const program = dedent(PROGRAMS[name]!);
      const offers = await withOffers(id, file, program);
      expect(offers.length, 'the light bulb offers something').toBeGreaterThan(0);
      for (const index of offers.keys()) {
        await withDocument(file, program, async () => {
          const [report] = await reportsOf(id, file);
          expect(report?.codeDescription?.href).toBe(url);
          const offer = (await server.actions(file, report!)).filter(isOffer)[index]!;
          await server.apply(offer);
          const after = server.textOf(file);
          expect(after, offer.title).not.toBe(program);
          const left = await server.diagnostics(file);
          expect(
            left.filter(({ code }) => code === undefined || code === id),
            `after “${offer.title}”:\n${after}`,
          ).toEqual([]);
          expect(typeErrors(file, after), `after “${offer.title}”:\n${after}`).toEqual([]);
        });
      }
    },
  );

  async function withOffers(id: string, file: string, program: string): Promise<CodeAction[]> {
    let offers: CodeAction[] = [];
    await withDocument(file, program, async () => {
      const reports = await reportsOf(id, file);
      expect(reports, `${id} reports the program once`).toHaveLength(1);
      offers = (await server.actions(file, reports[0]!)).filter(isOffer);
    });
    return offers;
  }
});
