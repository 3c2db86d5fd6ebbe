import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Unpacks what would be published of `mooring` into `modules`, a folder called `node_modules`: a
 * link to the workspace would show files that nobody else gets, and is a path of its own to some
 * resolvers.
 */
export function unpackMooring(root: string, modules: string): void {
  const temporary = mkdtempSync(join(tmpdir(), 'mooring-pack-'));
  try {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', temporary], {
      cwd: join(root, 'runtime'),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const archive = readdirSync(temporary).find((file) => file.endsWith('.tgz'))!;
    const unpacked = join(modules, 'mooring');
    rmSync(unpacked, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    execFileSync('tar', ['-xzf', join(temporary, archive), '-C', unpacked, '--strip-components=1']);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
