import pc from 'picocolors';

import type { Terminal } from '../../terminal.js';

export type Colors = ReturnType<typeof pc.createColors>;

/** Colors where somebody looks, unless `NO_COLOR` is set; elsewhere where `FORCE_COLOR` is. */
export function colorsFor({ env, stdout }: Terminal): Colors {
  const isWanted = stdout.isTTY === true && env['TERM'] !== 'dumb';
  return pc.createColors(env['NO_COLOR'] ? false : isWanted || Boolean(env['FORCE_COLOR']));
}
