import { DEEP } from './deep-shapes.js';
import { each, HEAD, inFunction, inGroup, nested, withSignal } from './texts.js';

/** A program that grows in one way, and how large it is when it is small. */
export interface Shape {
  readonly small: number;
  /** `.tsx`, where it has elements. */
  readonly ending?: 'tsx';
  program(n: number): string;
}

/** How large a program is when it is small, and the program. */
export type Programs = Readonly<Record<string, [small: number, program: (n: number) => string]>>;

const programs: Programs = {
  ...DEEP,
  'promises that are stored': [
    200,
    (n) => inFunction(each(n, (i) => `const p${i} = load();`) + each(n, (i) => `await p${i};`)),
  ],
  'promises that are assigned': [
    200,
    (n) => inFunction(`let p;\n${each(n, () => `p = load();\nplain();\nawait p;`)}`),
  ],
  'promises that are pushed': [
    200,
    (n) =>
      inFunction(`const all = [];\n${each(n, () => 'all.push(load());')}\nawait Promise.all(all);`),
  ],
  'promises that float': [200, (n) => inFunction(each(n, () => 'load();\nvoid load();'))],
  'promises that float in functions': [
    200,
    (n) => HEAD + each(n, (i) => `export function f${i}() { load(); }`),
  ],
  'promises with handlers': [
    200,
    (n) => inFunction(each(n, () => 'load().then(plain).catch(plain).finally(() => {});')),
  ],
  'promises in fields': [
    100,
    (n) =>
      `${HEAD}export class A {\n#p; q;\n${each(n, (i) => `m${i}() { this.#p = load(); this.q = load(); }`)}\nasync end() { await this.#p; await this.q; } }`,
  ],
  'fields with promises': [
    100,
    (n) =>
      `${HEAD}export class A {\n${each(n, (i) => `#p${i} = load();\nasync m${i}() { await this.#p${i}; }`)}\n}`,
  ],
  'a literal of plain calls': [
    500,
    (n) => inFunction(`return [\n${each(n, (i) => `plain(${i}),`)}\n];`),
  ],
  'a literal of promises': [
    200,
    (n) => inFunction(`const all = [\n${each(n, () => 'load(),')}\n];\nawait Promise.all(all);`),
  ],
  'an object of promises': [
    200,
    (n) =>
      inFunction(
        `const all = {\n${each(n, (i) => `p${i}: load(),`)}\n};\n${each(n, (i) => `await all.p${i};`)}`,
      ),
  ],
  groups: [
    100,
    (n) =>
      HEAD +
      each(
        n,
        (i) =>
          `export async function f${i}() { await using group = new TaskGroup(); group.createTask(() => load()); await group.join(); }`,
      ),
  ],
  'groups in one function': [
    100,
    (n) =>
      inFunction(
        each(
          n,
          (i) =>
            `{ await using g${i} = new TaskGroup(); g${i}.createTask(load); await g${i}.join(); }`,
        ),
      ),
  ],
  'groups open at once': [
    100,
    (n) =>
      inFunction(
        each(n, (i) => `await using g${i} = new TaskGroup(); g${i}.createTask(load);`) +
          each(n, (i) => `await g${i}.join();`),
      ),
  ],
  'groups open at once in a try': [
    100,
    (n) =>
      inFunction(
        `try {\n${each(n, (i) => `await using g${i} = new TaskGroup(); g${i}.createTask(load);`)}
plain();\n${each(n, (i) => `await g${i}.join();`)}\n} catch (error) { plain(error); }`,
      ),
  ],
  'groups with yields': [
    100,
    (n) =>
      HEAD +
      each(
        n,
        (i) =>
          `export async function* f${i}() { await using group = new TaskGroup(); yield 1; await group.join(); }`,
      ),
  ],
  'yields in one group': [
    100,
    (n) =>
      `${HEAD}export async function* f() { await using group = new TaskGroup();\n${each(n, () => 'yield 1;')}\nawait group.join(); }`,
  ],
  'tasks that are kept': [
    100,
    (n) =>
      inGroup(
        each(n, (i) => `const t${i} = group.createTask(() => load());`) +
          each(n, (i) => `await t${i};`),
      ),
  ],
  'tasks that are not': [100, (n) => inGroup(each(n, () => 'group.createTask(() => load());'))],
  scopes: [
    100,
    (n) =>
      inFunction(
        each(n, () => 'await timeout(100, async ({ signal }) => { await load(signal); });'),
      ),
  ],
  'scopes in scopes': [
    15,
    (n) =>
      inFunction(
        nested(
          n,
          () => 'await timeout(100, async ({ signal }) => { await load(signal);',
          '',
          '});',
        ),
      ),
  ],
  'functions in functions': [
    25,
    (n) => HEAD + nested(n, (i) => `async function f${i}() { load(); await load();`, '', '}'),
  ],
  'callbacks in callbacks': [
    25,
    (n) =>
      inFunction(
        nested(
          n,
          () => 'list.forEach(async () => { const p = load(); plain(); await p;',
          '',
          '});',
        ),
      ),
  ],
  loops: [
    100,
    (n) =>
      inFunction(each(n, () => 'for (const it of list) { const p = load(); plain(it); await p; }')),
  ],
  'loops in loops': [
    12,
    (n) =>
      inFunction(
        nested(
          n,
          (i) => `for (const i${i} of list) { const p${i} = load(); plain(i${i});`,
          '',
          '}',
        ),
      ),
  ],
  'loops in loops that wait': [
    12,
    (n) =>
      inFunction(
        nested(
          n,
          (i) => `while (a) { const p${i} = load(); if (a) { await p${i}; continue; }`,
          '',
          '}',
        ),
      ),
  ],
  'try and finally': [
    100,
    (n) =>
      inFunction(
        each(
          n,
          () =>
            'try { const p = load(); plain(); await p; } catch { plain(); } finally { await load(); }',
        ),
      ),
  ],
  // ESLint itself follows the ways out of each: twice as many for one more.
  'finally in finally': [
    3,
    (n) =>
      inFunction(
        nested(
          n,
          () => 'try { const p = load(); plain(); await p; } finally { await load();',
          '',
          '}',
        ),
      ),
  ],
  'try in try': [
    12,
    (n) =>
      inFunction(
        nested(
          n,
          () => 'try { const p = load(); if (a) return; await p;',
          '',
          '} catch { plain(); } finally { plain(); }',
        ),
      ),
  ],
  'else if': [
    50,
    (n) =>
      inFunction(
        `const p = load();\n${Array.from({ length: n }, (_, i) => `if (plain(${i})) { plain(); }`).join(' else ')}\nawait p;`,
      ),
  ],
  'conditions after each other': [
    100,
    (n) =>
      inFunction(`const p = load();\n${each(n, (i) => `if (plain(${i})) { plain(); }`)}\nawait p;`),
  ],
  'a switch': [
    100,
    (n) =>
      inFunction(
        `const p = load();\nswitch (plain()) {\n${each(n, (i) => `case ${i}: load(); break;`)}\n}\nawait p;`,
      ),
  ],
  'calls beside a signal': [
    100,
    (n) => withSignal(each(n, () => 'await load(); await load(signal);')),
  ],
  'closures beside a signal': [
    100,
    (n) =>
      withSignal(each(n, (i) => `const f${i} = async () => { await load(); };\nawait f${i}();`)),
  ],
  'executors beside a signal': [
    100,
    (n) => withSignal(each(n, () => 'await new Promise((resolve) => setTimeout(resolve, 9));')),
  ],
  'combined calls beside a signal': [
    100,
    (n) => withSignal(each(n, () => 'await Promise.all([load(), load(signal)]);')),
  ],
  'one list beside a signal': [
    100,
    (n) => withSignal(`await Promise.all([\n${each(n, () => 'load(signal),')}\n]);`),
  ],
  'controllers open at once': [
    100,
    (n) =>
      withSignal(
        each(
          n,
          (i) =>
            `const c${i} = new AbortController(); await load(c${i}.signal); await load(); try { await load(c${i}.signal); } catch (error) { plain(error); }`,
        ),
      ),
  ],
  'signals open at once': [
    100,
    (n) =>
      withSignal(
        each(
          n,
          (i) =>
            `const s${i} = AbortSignal.any([signal, AbortSignal.timeout(${i})]); await load(s${i}); await load();`,
        ),
      ),
  ],
  'timeouts open at once': [
    100,
    (n) =>
      inFunction(
        each(n, (i) => `using t${i} = timeout(${i}); await load(t${i}.signal); await load();`),
      ),
  ],
  'handlers beside a signal': [
    100,
    (n) => withSignal(each(n, () => 'try { await load(signal); } catch (error) { plain(error); }')),
  ],
  'endless loops beside a signal': [
    50,
    (n) => withSignal(each(n, () => 'if (a) for (;;) { await plain(1); if (a) break; }')),
  ],
  'tasks with the signal of outside': [
    100,
    (n) =>
      withSignal(
        `await using group = new TaskGroup();\n${each(n, () => 'group.createTask(async () => { await load(signal); });')}\nawait group.join();`,
      ),
  ],
  'tasks that are up': [
    100,
    (n) => inGroup(each(n, () => 'await group.start<void>(async (own, ready) => { ready(); });')),
  ],
  'tasks in tasks with the signal of outside': [
    10,
    (n) =>
      withSignal(
        nested(
          n,
          (i) => `await TaskGroup.run(async (g${i}) => { await load(signal);`,
          'await load(signal);',
          '\n});',
        ),
      ),
  ],
  'a chain of then': [50, (n) => inFunction(`load()${'.then(plain)'.repeat(n)};`)],
  'a chain of helpers': [
    200,
    (n) =>
      `${HEAD}${each(n, (i) => `async function f${i}(group: TaskGroup) { await f${i + 1}(group); }`)}
async function f${n}(group: TaskGroup) { group.createTask(() => load()); }
${inGroup('try { f0(group); } finally { await f0(group); }').slice(HEAD.length)}`,
  ],
  'a cycle of helpers': [
    200,
    (n) =>
      `${HEAD}${each(n, (i) => `async function f${i}() { await f${(i + 1) % n}(); }`)}
export async function all(signal: AbortSignal) { try { await load(signal); } finally { await f0(); } }`,
  ],
  aliases: [
    200,
    (n) =>
      inGroup(
        `const g0 = group;\n${each(n, (i) => `const g${i + 1} = g${i};`)}\nplain(g${n});\ng${n}.createTask(() => load());`,
      ),
  ],
  'helpers that settle': [
    100,
    (n) =>
      `${HEAD}${each(n, (i) => `function f${i}(resolve: () => void) { f${i + 1}(resolve); }`)}
function f${n}(resolve: () => void) { resolve(); }
export const p = new Promise<void>((resolve) => f0(resolve));`,
  ],
  'promises that a helper makes': [
    100,
    (n) =>
      `${HEAD}${each(n, (i) => `function f${i}() { return f${i + 1}(); }`)}
function f${n}() { return load().catch(plain); }
${inFunction('f0();').slice(HEAD.length)}`,
  ],
  classes: [
    100,
    (n) =>
      HEAD +
      each(
        n,
        (i) =>
          `export class A${i} { #p = load(); async m() { load(); await this.#p; } async [Symbol.asyncDispose]() { await load(); } }`,
      ),
  ],
  'methods of a class': [
    100,
    (n) =>
      `${HEAD}export class A {\n${each(n, (i) => `async m${i}() { await this.m${(i + 1) % n}(); this.m0(); }`)}\n}`,
  ],
  callbacks: [100, (n) => HEAD + each(n, () => 'setTimeout(async () => { await load(); }, 1);')],
  executors: [
    100,
    (n) =>
      inFunction(
        each(
          n,
          () =>
            'await new Promise<void>((resolve, reject) => { load().then(() => resolve(), reject); });',
        ),
      ),
  ],
  races: [
    100,
    (n) =>
      inFunction(
        each(
          n,
          () =>
            'await Promise.race([load(), new Promise((_, reject) => setTimeout(reject, 100))]);',
        ),
      ),
  ],
  'a binary of many operands': [
    200,
    (n) =>
      inFunction(
        `const p = load();\nplain(${Array.from({ length: n }, (_, i) => `a${i % 2 ? '' : '!'}`).join(' && ')});\nawait p;`,
      ),
  ],
};

const elements: Programs = {
  elements: [
    100,
    (n) =>
      `${HEAD}export const all = <div>\n${each(n, () => '<button onClick={async () => { await load(); }}>{plain()}</button>')}\n</div>;`,
  ],
  components: [
    100,
    (n) =>
      HEAD +
      each(
        n,
        (i) =>
          `export function C${i}() { const p = load(); return <a onClick={() => load()}>{p}</a>; }`,
      ),
  ],
};

/** One for each way in which a program grows that a rule looks at. */
export const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ...Object.entries(programs).map(
    ([name, [small, program]]) => [name, { small, program }] as const,
  ),
  ...Object.entries(elements).map(
    ([name, [small, program]]) => [name, { small, program, ending: 'tsx' }] as const,
  ),
]);
