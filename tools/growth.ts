/**
 * `npm run growth -- [--scale N] [--shape NAME]`: lints programs that grow in every way that a rule
 * looks at, with all rules, and compares the own processor time of each rule at n and at 4 n: more
 * than six times as much is too much. `--scale` makes all of them larger; a rule that throws ends
 * it. Exit code: 0 all grow with their program, 1 some do not, 2 wrong use.
 */
import { parseArgs } from 'node:util';

import mooring from 'eslint-plugin-mooring';

import { excesses } from './growth/growth.js';
import { SHAPES } from './growth/shapes.js';
import { root } from './root.js';

const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, shape: { type: 'string' } },
});
const scale = Number(values.scale);
const { shape: wanted } = values;
if (!(scale > 0)) wrongUse(`--scale has to be a number above 0; it is ${values.scale}.`);
else if (wanted !== undefined && !SHAPES.has(wanted)) {
  wrongUse(`There is no shape “${wanted}”; there are: ${[...SHAPES.keys()].join(', ')}.`);
} else measure();

function wrongUse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 2;
}

function measure(): void {
  const growth = { workspace: root, plugin: mooring, scale, runs: 3 };
  for (const [name, shape] of SHAPES) {
    if (wanted !== undefined && name !== wanted) continue;
    const found = excesses(name, shape, growth);
    console.log(`${found.length === 0 ? 'good' : 'slow'}  ${name}, ${4 * shape.small * scale}`);
    for (const { rule, small, large } of found) {
      const times = `${small.toFixed(0)} ms, ${large.toFixed(0)} ms`;
      console.log(`      ${rule}: ${times}, ${(large / small).toFixed(1)} times as much`);
    }
    if (found.length > 0) process.exitCode = 1;
  }
}
