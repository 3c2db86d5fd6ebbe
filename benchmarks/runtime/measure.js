/**
 * One process measures one contender: none is slowed by what the compiler has learnt from another,
 * or by the garbage that another has left.
 *
 *     node --expose-gc measure.js CASE SIZE CONTENDER     prints nanoseconds, or bytes, per task
 */
import { heapOfParked } from './heap-of-parked.js';

/** Milliseconds of processor time for the compiler to come to rest, and for the measurement. */
const WARM_UP = 300;
const MEASURE = 700;

const [caseName, sizeText, contender] = process.argv.slice(2);
const size = Number(sizeText);
const { prepare, park } = await import(`./cases/${caseName}.js`);

if (park) {
  console.log((await heapOfParked(park, size, contender)) / size);
} else {
  const run = prepare(size)[contender];
  await repeat(run, WARM_UP);
  console.log((await repeat(run, MEASURE)) / size);
}

/** Nanoseconds of one run, over as many as it takes. */
async function repeat(run, least) {
  const started = cpu();
  let runs = 0;
  do {
    await run();
    runs++;
  } while (cpu() - started < least);
  return ((cpu() - started) * 1e6) / runs;
}

/** Processor time of all threads in milliseconds: the collector's and the compiler's count too. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
