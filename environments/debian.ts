import { existsSync } from 'node:fs';

import { run } from './run.js';

/** Programs that no registry of packages has, by Debian's name for them, and where they are then. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  chromium: [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium'],
  postgresql: ['/usr/lib/postgresql'],
  'redis-server': ['/usr/bin/redis-server', '/usr/local/bin/redis-server'],
};

/** Installs what is missing, where that can be done without asking. Elsewhere its tests are skipped. */
export function install(...names: readonly string[]): void {
  const missing = names.filter((name) => !PROGRAMS[name]!.some(existsSync));
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
  run('', 'apt-get', ['update', '-qq'], quietly);
  run('', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quietly);
}
