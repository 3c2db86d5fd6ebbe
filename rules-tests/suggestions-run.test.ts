// What a suggestion makes of a program is run, and does what the suggestion says.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';
import { afterAll, expect, test, vi } from 'vitest';

import { run } from './support/run.js';
import { offered, removeProjects } from './support/suggestions.js';
import { temporaryProject } from './support/temporary-project.js';

vi.setConfig({ testTimeout: 300_000 });
afterAll(removeProjects);

const runtime = fileURLToPath(new URL('../runtime', import.meta.url));

/** `save` takes a few turns of the loop for each letter, and says when it has ended; of an empty name it fails. */
const given = `
  async function save(name: string): Promise<string> {
    for (let turn = 0; turn <= 10 * name.length; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (name.length === 0) throw new Error('no name');
    console.log('saved', name);
    return name;
  }
  declare const console: { log(...words: unknown[]): void };
  declare function setImmediate(run: (value: unknown) => void): void;
`;

/** What a program prints, its uncaught error at the end. */
async function printed(program: string): Promise<readonly string[]> {
  const root = temporaryProject({ 'package.json': '{ "type": "module" }' });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(runtime, join(root, 'node_modules/mooring'));
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  writeFileSync(join(root, 'program.mjs'), outputText);
  const { stdout, stderr } = await run(process.execPath, ['program.mjs'], { cwd: root });
  const error = /^(?:\w*Error|\[?\w*Error.*?): .*$/m.exec(stderr)?.[0];
  return [...stdout.trim().split('\n').filter(Boolean), ...(error ? [error] : [])];
}

interface Case {
  readonly program: string;
  /** What it prints as it stands. */
  readonly before: readonly string[];
  /** What it prints after each suggestion, by its id. */
  readonly after: Readonly<Record<string, readonly string[]>>;
}

const CASES: Readonly<Record<string, Case>> = {
  'a promise as a statement': {
    program: `${given}
      async function main() {
        save('a');
        console.log('done');
      }
      await main();
    `,
    before: ['done', 'saved a'],
    after: {
      awaitIt: ['saved a', 'done'],
      restInGroup: ['done', 'saved a'],
    },
  },
  'one that fails, whose error comes out now': {
    program: `${given}
      async function main() {
        try {
          save('');
          await save('other');
        } catch (error) {
          console.log('caught', (error as Error).name);
        }
      }
      await main();
    `,
    before: ['Error: no name'],
    after: {
      awaitIt: ['caught Error'],
      restInGroup: ['saved other', 'caught TaskGroupError'],
    },
  },
  'a bare call in a function that is not async': {
    program: `${given}
      function store() {
        save('a');
      }
      async function main() {
        store();
        console.log('done');
      }
      await main();
    `,
    before: ['done', 'saved a'],
    after: { awaitAsync: ['saved a', 'done'] },
  },
  'forEach with an async function': {
    program: `${given}
      async function main(names: string[]) {
        names.forEach(async (name) => {
          if (name === 'skip') return;
          await save(name);
        });
        console.log('done');
      }
      await main(['long name', 'skip', 'a']);
    `,
    before: ['done', 'saved a', 'saved long name'],
    after: {
      forOf: ['saved long name', 'saved a', 'done'],
      mapTasks: ['saved a', 'saved long name', 'done'],
    },
  },
  'an async executor that fails': {
    program: `${given}
      const saved = new Promise<string>(async (resolve) => {
        resolve(await save(''));
      });
      await saved.catch((error) => console.log('caught', error.message));
    `,
    before: ['Error: no name'],
    after: { rejectErrors: ['caught no name'] },
  },
  'a predicate that gives a promise': {
    program: `${given}
      async function main(names: string[]) {
        console.log(names.some(async (name) => (await save(name)) === 'b'));
      }
      await main(['a']);
    `,
    before: ['true', 'saved a'],
    after: { awaitAnswers: ['saved a', 'false'] },
  },
  'a list that is not there': {
    program: `${given}
      async function main(names?: string[]) {
        names?.map((name) => save(name));
        console.log('done');
      }
      await main();
      await main(['a']);
    `,
    before: ['done', 'done', 'saved a'],
    after: { awaitAll: ['done', 'saved a', 'done'] },
  },
  'a task that is awaited while another is': {
    program: `${given}
      async function main() {
        const first = save('first');
        await save('b');
        return await first;
      }
      console.log(await main());
    `,
    before: ['saved b', 'saved first', 'first'],
    after: { restInGroup: ['saved b', 'saved first', 'first'] },
  },
};

test.each(Object.entries(CASES))('%s', async (_, { program, before, after }) => {
  expect(await printed(program)).toEqual(before);
  const programs = offered(program);
  const outputs: Record<string, readonly string[]> = {};
  for (const { id, after: changed, errors } of programs) {
    expect(errors).toEqual([]);
    outputs[id] = await printed(changed);
  }
  expect(outputs).toEqual(after);
});
