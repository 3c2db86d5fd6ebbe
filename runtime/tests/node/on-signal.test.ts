import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const program = `
  import 'mooring/inspect/on-signal';
  import { sleep, TaskGroup } from 'mooring';

  await TaskGroup.run(
    async (group) => {
      group.createTask((context) => sleep(600_000, context), { name: 'heartbeat', background: true });
      console.log('up');
      for await (const _ of process.stdin);
    },
    { name: 'service' },
  );
`;

// Deno takes other flags.
test.skipIf('deno' in process.versions || process.platform === 'win32')(
  'a process answers SIGUSR2 with its tree, and ends as it would have',
  async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: dirname(fileURLToPath(import.meta.url)),
    });
    await once(child.stdout, 'data');
    child.kill('SIGUSR2');
    const [text] = (await once(child.stderr, 'data')) as [Buffer];
    expect(String(text)).toMatch(/^group "service" +open · 1 task · .*\n└─ heartbeat +running · /);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);
