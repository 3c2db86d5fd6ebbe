import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

import type { ESLint } from 'eslint';
import { TaskGroup } from 'mooring';
import { expect, onTestFinished, test } from 'vitest';

import { findInstall } from '../../eslint-plugin/src/types/native/install.js';
import { NativeSession } from '../../eslint-plugin/src/types/native/session.js';
import { closeNativeSessions } from '../../eslint-plugin/src/types/native/types.js';
import { typescript } from '../support/providers.js';
import { Folder, root } from './folder.js';
import { checkersOf, gone } from './processes.js';

const fixture = fileURLToPath(new URL('../fixtures/native/', import.meta.url));
const eslint = join(
  dirname(createRequire(import.meta.url).resolve('eslint/package.json')),
  'bin/eslint.js',
);

/** What is reported, as `file:line`. */
function drawn(results: readonly ESLint.LintResult[]): string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, fatal }) =>
      fatal ? message : `${filePath.slice(fixture.length)}:${line}`,
    ),
  );
}

/** Runs ESLint's command in the fixture, to its end. */
async function run(...flags: string[]): Promise<string[]> {
  const command = promisify(execFile)(process.execPath, [eslint, '--format', 'json', ...flags], {
    cwd: fixture,
  });
  const { stdout } = await command.catch((error: { stdout: string }) => error);
  return drawn(JSON.parse(stdout) as ESLint.LintResult[]);
}

/** A script that lints, with the checkers it has started told on a line of their own. */
function script(ending: string): string {
  return `
    import { ESLint } from 'eslint';
    import { execFileSync } from 'node:child_process';
    const results = await new ESLint({ cwd: ${JSON.stringify(fixture)} }).lintFiles(['floats.ts']);
    if (results[0].messages.length !== 1) throw new Error(JSON.stringify(results));
    console.log(execFileSync('pgrep', ['-P', String(process.pid), '-f', '--', '--api']).toString().trim());
    ${ending}
  `;
}

function start(ending: string): {
  exited: Promise<unknown>;
  checker: Promise<number>;
  pid: number;
} {
  const node = spawn(process.execPath, ['--input-type=module', '--eval', script(ending)], {
    cwd: fixture,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void node.kill('SIGKILL'));
  const line = once(createInterface(node.stdout), 'line');
  return {
    exited: once(node, 'exit'),
    checker: line.then(([text]) => Number(text)),
    pid: node.pid!,
  };
}

test('ESLint has types without any parser services, in TypeScript and in JavaScript', async () => {
  expect(await run('.')).toEqual(['floats.js:3', 'floats.ts:3']);
});

test('two workers have a checker each', async () => {
  expect(await run('--concurrency', '2', '.')).toEqual(['floats.js:3', 'floats.ts:3']);
});

test('Node ends by itself, and the checker with it', async () => {
  const { exited, checker } = start('');
  expect(await exited).toEqual([0, null]);
  await gone(await checker);
});

test('a checker does not outlive a Node that is killed', async () => {
  const { checker, exited, pid } = start('setInterval(() => {}, 1000);');
  const started = await checker;
  process.kill(pid, 'SIGKILL');
  await exited;
  await gone(started);
});

test('nor a worker that is terminated', async () => {
  const code = script('').replace(
    /console\.log/,
    "(await import('node:worker_threads')).parentPort.postMessage",
  );
  const worker = new Worker(
    new URL(
      `data:text/javascript,${encodeURIComponent(code.replaceAll("from 'eslint'", `from ${JSON.stringify(import.meta.resolve('eslint'))}`))}`,
    ),
  );
  const [pids] = (await once(worker, 'message')) as [string];
  await worker.terminate();
  await TaskGroup.map(pids.split('\n'), (pid) => gone(Number(pid)));
});

test('nor one that does not look whether Node is there (P2)', async () => {
  const { checker, exited, pid } = start('setInterval(() => {}, 1000);');
  const started = await checker;
  process.kill(started, 'SIGSTOP');
  process.kill(pid, 'SIGTERM');
  await exited;
  await gone(started);
});

test('a checker that does not answer is ended, and the next file gets another (P2)', async () => {
  using folder = new Folder({ 'tsconfig.json': '{}', 'a.ts': 'Promise.resolve();' });
  const file = `${folder.path}/a.ts`;
  const session = new NativeSession(install, root, 500);
  session.file(file, 'Promise.resolve();');
  const [checker] = checkersOf();
  process.kill(checker!, 'SIGSTOP');
  const ask = (): unknown => session.file(file, 'Promise.reject();');
  expect(ask).toThrow(
    /^The checker of TypeScript 7.+ was ended while .+a\.ts was linted, because it had not answered for 0\.5 s\./,
  );
  await gone(checker!);
  expect(session.hasEnded).toBe(true);
  expect(ask).toThrow(/had not answered/);
});

test('a file with nothing to ask about starts no checker', async () => {
  closeNativeSessions();
  const { ESLint } = await import('eslint');
  const results = await new ESLint({ cwd: fixture }).lintFiles(['quiet.ts']);
  expect(drawn(results)).toEqual([]);
  expect(checkersOf()).toEqual([]);
});

test('the environment is left as it was', () => {
  closeNativeSessions();
  const before = { ...process.env };
  using folder = new Folder({ 'tsconfig.json': '{}', 'a.ts': '' });
  folder.last('a.ts', 'Promise.resolve();');
  expect(process.env).toEqual(before);
  closeNativeSessions();
});

test('a checker that is killed is told of, and another takes its place', async () => {
  closeNativeSessions();
  using folder = new Folder({ 'tsconfig.json': '{}', 'a.ts': 'Promise.resolve();' });
  const ask = (): string => folder.last('a.ts', 'Promise.resolve();').promise;
  for (const start of [1, 2]) {
    expect(ask(), `start ${start}`).toBe('yes');
    const [checker] = checkersOf();
    process.kill(checker!, 'SIGKILL');
    expect(ask).toThrow(
      /^The checker of TypeScript 7\.0\.2 in .+ ended while .+\/a\.ts was linted/,
    );
    await gone(checker!);
  }
  expect(ask(), 'start 3').toBe('yes');
  process.kill(checkersOf()[0]!, 'SIGKILL');
  expect(ask).toThrow(/ended while/);
  expect(ask, 'there is no fourth').toThrow(/ended while/);
  expect(checkersOf()).toEqual([]);
  closeNativeSessions();
});

test('facts asked for after the end say so too', () => {
  closeNativeSessions();
  using folder = new Folder({ 'tsconfig.json': '{}', 'a.ts': '[Promise.resolve()];' });
  const facts = folder.last('a.ts', '[Promise.resolve()];');
  process.kill(checkersOf()[0]!, 'SIGKILL');
  expect(() => facts.elements[0]?.promise).toThrow(/ended while/);
  closeNativeSessions();
});

test('a run goes on without the file whose checker has ended: one message, and the next file gets another', async () => {
  closeNativeSessions();
  const texts = { 'a.ts': FLOATS, 'b.ts': FLOATS, 'c.ts': FLOATS };
  using folder = new Folder({ 'tsconfig.json': '{}', ...texts });
  const { ESLint } = await import('eslint');
  const { default: mooring } = await import('eslint-plugin-mooring');
  const parser = await import('@typescript-eslint/parser');
  // What a checker that loops comes to, as soon as the second file is looked at.
  const kill = {
    create: ({ filename }: { filename: string }) => {
      if (filename.endsWith('b.ts')) process.kill(checkersOf()[0]!, 'SIGKILL');
      return {};
    },
  };
  const eslint = new ESLint({
    cwd: folder.path,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.ts'],
        languageOptions: { parser },
        plugins: { kill: { rules: { kill } } },
        rules: { 'kill/kill': 'error' },
        settings: { mooring: { types: 'native', typescript: install.folder } },
      },
      ...mooring.configs['structured-type-checked'].map((config) => ({
        ...config,
        files: ['**/*.ts'],
      })),
    ],
  });
  const messagesOf = async (name: string): Promise<unknown[]> => {
    const [result] = await eslint.lintFiles([name]);
    return result!.messages.map(({ message }) => message);
  };
  expect(await messagesOf('a.ts')).toHaveLength(1);
  expect(await messagesOf('b.ts')).toEqual([
    expect.stringMatching(/^The checker of TypeScript 7.+ ended while .+b\.ts was linted/),
  ]);
  expect(await messagesOf('c.ts')).toEqual([expect.not.stringContaining('The checker of')]);
  const [checker] = checkersOf();
  process.kill(checker!, 'SIGKILL');
  await gone(checker!);
});

const FLOATS = 'async function load() {}\nload();\nexport {};\n';
const install = findInstall(typescript, [root]);
