/**
 * `mooring ps` on processes that run: on the Node that runs this, and where they are asked for on all that
 * `runtimes/` installs, on Deno and Bun too.
 *
 *     npm run test:ps
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { ScopeInfo } from 'mooring/inspect';
import { describe, expect, test } from 'vitest';

import { inspectorPort } from '../../src/ps/process-facts.js';
import { mooring } from '../support/mooring.js';
import { areAsked, freePort, isOpen, nodes, program, runtime, Target } from './target.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A server that answers two requests. Its inspector has a port that no other test has. */
async function serve(
  command = process.execPath,
  ...options: readonly string[]
): Promise<AsyncDisposable & { target: Target; port: number }> {
  const port = await freePort();
  const target = new Target(command, [`--inspect-port=${port}`, ...options, program('server.mjs')]);
  await target.printed('ready');
  return { target, port, [Symbol.asyncDispose]: () => target[Symbol.asyncDispose]() };
}

/** The text, without ages, and with one deadline for all. */
function steady(text: string): string {
  return text
    .replaceAll(/(59 min \d+ s|1 h 0 min) to/g, 'an hour to')
    .replaceAll(/ · [\d.]+ (ms|s)(?= ·|$)/gm, '')
    .replaceAll(/ +$/gm, '');
}

const tree = (user: string): string => `group "server"               open · 2 tasks
├─ GET /0                    running · server.mjs:39
│  └─ timeout                active · an hour to its deadline
│     └─ group "request-/0"  joining · 3 tasks · limit 2 · 1 waits for room
│        ├─ user             running · ${user}
│        └─ posts            cancelled and still running · server.mjs:23
└─ GET /1                    running · server.mjs:39
   └─ timeout                active · an hour to its deadline
      └─ group "request-/1"  joining · 3 tasks · limit 2 · 1 waits for room
         ├─ user             running · ${user}
         └─ posts            cancelled and still running · server.mjs:23
`;

describe.each(nodes)('of $name', ({ command }) => {
  test('shows who owns what, and closes the inspector again', async () => {
    await using served = await serve(command);
    const { target, port } = served;
    const { code, stdout, stderr } = await mooring(['ps', String(target.pid)]);
    expect(steady(stdout)).toBe(tree('server.mjs:21'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await isOpen(port)).toBe(false);

    const again = await mooring(['ps', String(target.pid), '--json']);
    const [server] = JSON.parse(again.stdout) as ScopeInfo[];
    expect(server).toMatchObject({ kind: 'group', name: 'server', state: 'open' });
    expect(server!.tasks.map(({ name }) => name)).toEqual(['GET /0', 'GET /1']);
    expect(await isOpen(port)).toBe(false);
  });

  test('shows with --stacks where each task waits', async () => {
    await using served = await serve(command);
    const { target, port } = served;
    const { stdout, stderr } = await mooring(['ps', String(target.pid), '--stacks']);
    expect(stdout).toMatch(
      /GET \/0 +running · .*· \(anonymous\) server\.mjs:40 › answer server\.mjs:15 › timeout\n/,
    );
    expect(stdout).toMatch(
      /user +running .*· loadUser server.mjs:11 › query server.mjs:7 › sleep\n/,
    );
    // It awaits nothing, and is no async function.
    expect(stdout).toMatch(/posts +cancelled and still running .*· server\.mjs:23\n/);
    expect(stderr).toMatch(/^The process stands still for about \d+ s: its heap is \d+ MB\.\n$/);
    expect(await isOpen(port)).toBe(false);
  });
});

describe('--watch', () => {
  test('looks each second until it is interrupted, and closes the inspector', async () => {
    await using served = await serve();
    const { target, port } = served;
    await using watcher = new Target(process.execPath, [
      ...[main, 'ps', String(target.pid), '--watch', '--json'],
    ]);
    while (watcher.stdout.split('\n').length < 3) await once(watcher.child.stdout!, 'data');
    expect(await isOpen(port)).toBe(true);
    expect(await watcher.end('SIGINT')).toBe(0);
    expect(watcher.stderr).toBe('');
    for (const line of watcher.stdout.trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject([{ name: 'server' }]);
    }
    expect(await isOpen(port)).toBe(false);
  });

  test('ends with the process', async () => {
    const { target } = await serve();
    const watching = mooring(['ps', String(target.pid), '--watch']);
    while (!target.stderr.includes('Debugger attached')) await once(target.child.stderr!, 'data');
    await target.end('SIGKILL');
    const { code, stderr } = await watching;
    expect({ code, stderr }).toEqual({ code: 0, stderr: `Process ${target.pid} has ended.\n` });
  });
});

test('an inspector that was open before stays open', async () => {
  const port = await freePort();
  await using target = new Target(process.execPath, [`--inspect=${port}`, program('server.mjs')]);
  await target.printed('ready');
  const { code } = await mooring(['ps', String(target.pid)]);
  expect(code).toBe(0);
  expect(await isOpen(port)).toBe(true);
});

test.runIf(areAsked)('a process that is busy answers', async () => {
  const port = await freePort();
  await using target = new Target(process.execPath, [
    `--inspect-port=${port}`,
    program('busy.mjs'),
  ]);
  await target.printed('ready');
  const { stdout, stderr } = await mooring(['ps', String(target.pid)]);
  expect(stderr).toMatch(
    /^The inspector of process \d+ is still open at port \d+: it is closed once/,
  );
  expect(stdout).toMatch(/^group "spins" +joining · 1 task .*\n└─ heartbeat +running/);
});

const deno = runtime('deno');
test.skipIf(!deno || (await isOpen(9229)))('Deno answers as Node does', async () => {
  await using target = new Target(deno!, ['run', '--allow-all', program('server.mjs')]);
  await target.printed('ready');
  const { code, stdout, stderr } = await mooring(['ps', String(target.pid)]);
  expect(steady(stdout)).toBe(tree('server.mjs:21'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect((await mooring(['ps', String(target.pid), '--stacks'])).stdout).toMatch(
    /user +running .*· loadUser server\.mjs › query server\.mjs › sleep\n/,
  );
  expect(await isOpen(9229)).toBe(false);
});

describe('says in a sentence why it cannot', () => {
  async function refusal(pid: number | string, ...flags: string[]): Promise<string> {
    const { code, stdout, stderr } = await mooring(['ps', String(pid), ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr;
  }

  test.each(['abc', '0', '4242x', '99999999999999999999'])('%s is no process id', async (pid) => {
    expect(await refusal(pid)).toBe(
      `'${pid}' is no process id: that is a number, as in mooring ps 4242.\n`,
    );
  });

  test('there is no such process', async () => {
    const target = new Target(process.execPath, ['--eval', '0']);
    await once(target.child, 'close');
    expect(await refusal(target.pid)).toBe(`There is no process ${target.pid}.\n`);
  });

  test.runIf(process.getuid?.() === 0)('it belongs to another user', async () => {
    const nobody = 65_534;
    const setUser = `process.setuid(${nobody});`;
    await using served = await serve();
    const { pid } = served.target;
    const asked = `
      import { checkReach } from ${JSON.stringify(main.replace('main.js', 'ps/process-facts.js'))};
      ${setUser}
      try { checkReach(${pid}) } catch (error) { console.log(error.message) }`;
    const asker = new Target(process.execPath, ['--input-type=module', '--eval', asked]);
    await once(asker.child, 'close');
    expect(asker.stdout).toBe(
      `Process ${pid} belongs to another user, who alone can look at it: run mooring ps as that user\n`,
    );
  });

  test('no mooring is in it', async () => {
    const port = await freePort();
    const idle = `console.log('ready'); setInterval(() => {}, 1_000)`;
    await using target = new Target(process.execPath, [`--inspect-port=${port}`, '--eval', idle]);
    await target.printed('ready');
    expect(await refusal(target.pid)).toBe(
      `No scope of mooring was ever opened in process ${target.pid}.\n`,
    );
    expect(await isOpen(port)).toBe(false);
  });

  test('the port is taken by another process, and by another program', async () => {
    await using served = await serve();
    const { target: first, port } = served;
    await using second = new Target(process.execPath, [
      `--inspect-port=${port}`,
      program('server.mjs'),
    ]);
    await second.printed('ready');
    process.kill(first.pid, 'SIGUSR1');
    while (!first.stderr.includes('Debugger listening')) await once(first.child.stderr!, 'data');
    expect(await refusal(second.pid)).toBe(
      `Port ${port}, where process ${second.pid} would open its inspector, is taken by process ${first.pid}.\n`,
    );
    // It was open before, and stays.
    expect(await isOpen(port)).toBe(true);

    const server = createServer((_, response) => response.end('hello'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const taken = (server.address() as AddressInfo).port;
    await using third = new Target(process.execPath, [
      `--inspect-port=${taken}`,
      program('server.mjs'),
    ]);
    await third.printed('ready');
    expect(await refusal(third.pid)).toBe(
      `Port ${taken}, where the inspector would open, is taken by another program.\n`,
    );
    server.close();
    server.closeAllConnections();
  });

  test.runIf(process.platform === 'linux')('it is another program', async () => {
    await using target = new Target('/bin/sleep', ['600']);
    await once(target.child, 'spawn');
    expect(await refusal(target.pid)).toBe(
      `Process ${target.pid} is sleep, neither Node nor Deno.\n`,
    );
  });

  const newest = nodes.at(-1)!.command;
  test.skipIf(newest === process.execPath)('it runs with --disable-sigusr1', async () => {
    await using served = await serve(newest, '--disable-sigusr1');
    const { target } = served;
    expect(await refusal(target.pid)).toBe(
      `Process ${target.pid} runs with --disable-sigusr1, which keeps its inspector shut: import mooring/inspect/on-signal in it, and send it SIGUSR2.\n`,
    );
    // It was not killed by the signal that it does not know.
    expect(target.child.signalCode).toBe(null);
  });

  const bun = runtime('bun');
  test.skipIf(!bun)('it is Bun', async () => {
    await using target = new Target(bun!, [program('server.mjs')]);
    await target.printed('ready');
    expect(await refusal(target.pid)).toBe(
      `Process ${target.pid} is Bun, which opens no inspector while it runs: import mooring/inspect/on-signal in it, and send it SIGUSR2.\n`,
    );
    expect(target.child.signalCode).toBe(null);
  });
});

describe('the port of the inspector', () => {
  test.each([
    [[], 9229],
    [['--inspect-port=4321'], 4321],
    [['--inspect-port=127.0.0.1:4322'], 4322],
    [['--import', 'data:text/javascript,', '--inspect-port=4323'], 4323],
  ])('after the options %j is %d', async (options, port) => {
    await using target = new Target(process.execPath, [
      ...options,
      program('server.mjs'),
      '--inspect-port=1111',
    ]);
    await target.printed('ready');
    expect(inspectorPort(target.pid)).toBe(port);
  });
});
