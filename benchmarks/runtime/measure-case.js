import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('measure.js', import.meta.url));

/** A contender that takes longer than this, in milliseconds, is out. */
const TIMEOUT = 60_000;
/** Nor is one started that would take longer than this, going by a size before. */
const PATIENCE = 3_000;

/**
 * Measures all contenders of a case in turns, round by round, so that whatever else the machine
 * does falls on all of them. Returns, by size and contender, the median and its ratio to the
 * median of the baseline.
 */
export function measureCase(node, { name, sizes, baseline, contenders }, rounds) {
  const results = [];
  const slow = new Set();
  for (const size of sizes) {
    const samples = new Map(contenders.map((contender) => [contender, []]));
    for (let round = 0; round < rounds; round++) {
      for (const contender of contenders) {
        if (slow.has(contender)) continue;
        const sample = measure(node, name, size, contender);
        if (sample === undefined) slow.add(contender);
        else samples.get(contender).push(sample);
        process.stderr.write('.');
      }
    }
    const medians = new Map([...samples].map(([contender, list]) => [contender, median(list)]));
    for (const [contender, value] of medians) {
      const next = (value * size * 10) / 1e6;
      if (name !== 'heap' && next > PATIENCE) slow.add(contender);
    }
    results.push({ size, medians, base: medians.get(baseline) });
  }
  process.stderr.write('\n');
  return results;
}

function measure(node, name, size, contender) {
  const { error, stdout, stderr, signal, status } = spawnSync(
    node,
    ['--expose-gc', script, name, String(size), contender],
    { encoding: 'utf8', timeout: TIMEOUT, env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (error !== undefined && error.code !== 'ETIMEDOUT') throw error;
  if (signal) return undefined;
  if (status !== 0) throw new Error(`${name}, ${contender}: ${stderr}`);
  return Number(stdout);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
