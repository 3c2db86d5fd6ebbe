/** `mooring/main` in real processes, which are sent real signals. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));
const children: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Program {
  /** Settles when the program has printed this line. */
  line(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** How it ended: its exit code, or the signal that ended it. */
  readonly end: Promise<number | string>;
  readonly errors: string;
}

function start(program: string): Program {
  const code = `
    import { once } from 'node:events';
    import { sleep, TaskGroup } from 'mooring';
    import { main } from 'mooring/main';
    ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async line(text) {
      const { value } = (await lines.next()) as { value: unknown };
      if (value !== text) throw new Error(`printed ${String(value)}, and to stderr ${errors}`);
    },
    kill: (signal) => void child.kill(signal),
    end: once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string),
    get errors() {
      return errors;
    },
  };
}

/** Waits for the signal, whatever that takes; something holds the process open. */
const WAITS = `
  const open = setInterval(() => {}, 1_000_000);
  const wait = async (scope) => {
    console.log('up');
    try {
      await sleep(Infinity, scope);
    } finally {
      clearInterval(open);
      await sleep(1);
      console.log('cleaned up');
    }
  };`;

// Deno takes other flags; Windows has no signals to send.
describe.skipIf('deno' in process.versions || process.platform === 'win32')('a program', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('that is sent %s cleans up and exits with %d', async (signal, code) => {
    const program = start(`${WAITS} await main(wait);`);
    await program.line('up');
    program.kill(signal);
    await program.line('cleaned up');
    expect(await program.end).toBe(code);
    expect(program.errors).toBe('');
  });

  it('that ends exits with 0, also after a signal', async () => {
    const program = start(`${WAITS} await main((scope) => wait(scope).catch(() => {}));`);
    await program.line('up');
    program.kill('SIGTERM');
    await program.line('cleaned up');
    expect(await program.end).toBe(0);
    expect(await start(`await main(() => {});`).end).toBe(0);
  });

  it('that fails prints why and exits with 1', async () => {
    const program = start(`
      await main((scope) => TaskGroup.run((group) => {
        group.createTask(() => Promise.reject(new Error('the port is taken')), { name: 'serve' });
      }, scope));
      console.log('after');`);
    await program.line('after');
    expect(await program.end).toBe(1);
    expect(program.errors).toMatch(/TaskGroupError[^]*serve[^]*the port is taken/);
  });

  it('that ignores the first signal is ended by the second, which says what runs', async () => {
    const program = start(`
      await main((scope) => TaskGroup.run((group) => {
        group.createTask(({ signal }) => new Promise((resolve) => {
          setInterval(() => {}, 1_000_000);
          signal.addEventListener('abort', () => console.log('cancelled'));
          console.log('up');
        }), { name: 'deaf' });
      }, { ...scope, name: 'service' }));`);
    await program.line('up');
    program.kill('SIGTERM');
    await program.line('cancelled');
    program.kill('SIGINT');
    expect(await program.end).toBe(130);
    expect(program.errors).toMatch(/second signal[^]*group "service"[^]*deaf/);
  });

  it('that nothing holds open is held by its grace, and told of', async () => {
    const program = start(`
      const open = setInterval(() => {}, 1_000_000);
      await main(() => new Promise(() => {
        process.once('SIGTERM', () => clearInterval(open));
        console.log('up');
      }), { grace: 100 });`);
    await program.line('up');
    program.kill('SIGTERM');
    expect(await program.end).toBe(143);
    expect(program.errors).toContain('100 ms of grace are over');
  });

  it('that has ended its body ends at a signal as it would without main', async () => {
    const program = start(`
      setInterval(() => {}, 1_000_000);
      await main(() => {});
      console.log('ended');`);
    await program.line('ended');
    program.kill('SIGTERM');
    expect(await program.end).toBe('SIGTERM');
  });
});
