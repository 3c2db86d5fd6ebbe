import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));

/** What a program prints, and how long it ran, in ms. */
async function run(program: string): Promise<{ printed: string; lasted: number }> {
  const started = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', `import * as mooring from 'mooring'; ${program}`],
    { cwd: folder, timeout: 9_000 },
  );
  return { printed: stdout.trim(), lasted: performance.now() - started };
}

// Deno takes other flags; what holds a process open is the same there.
describe.skipIf('deno' in process.versions)('a process', () => {
  it('C4: is not held open by the clock of a warning', { timeout: 15_000 }, async () => {
    const { lasted } = await run(`
      const group = new mooring.TaskGroup();
      group.createTask(() => new Promise(() => {}));
      group.cancel();
    `);
    expect(lasted).toBeLessThan(9_000);
  });

  it('in production writes no lines under the stacks of errors', { timeout: 15_000 }, async () => {
    const { printed } = await run(`
      process.env.NODE_ENV = 'production';
      async function fail() {
        await undefined;
        throw new Error('late');
      }
      function creator(group) {
        group.createTask(() => fail());
      }
      await mooring.TaskGroup.run(creator).catch(({ errors }) => {
        console.log(errors[0].stack.includes('fail'), errors[0].stack.includes('creator'));
      });
    `);
    expect(printed).toBe('true false');
  });

  it('T4: is held open by a deadline', { timeout: 15_000 }, async () => {
    const { printed } = await run(`
      await mooring.timeout(20, ({ signal }) => new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      })).catch((error) => console.log(error.name));
    `);
    expect(printed).toBe('TimeoutError');
  });

  it(
    'F4: is not ended by the failure of a task that nobody awaits',
    { timeout: 15_000 },
    async () => {
      const { printed } = await run(`
      await mooring.TaskGroup.run(async (group) => {
        group.createTask(() => Promise.reject(new Error('boom')));
        group.createTask(() => mooring.sleep(20)).then(() => 'unused');
        await mooring.sleep(20);
      }).catch((error) => console.log(error.name));
    `);
      expect(printed).toBe('TaskGroupError');
    },
  );
});
