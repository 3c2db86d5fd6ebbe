/** Longer delays overflow the platform's 32-bit timers and fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Calls `callback` after `ms` milliseconds, however long, and returns the function that clears the
 * timer. The timer keeps the process alive.
 *
 * Long delays are walked in steps that never ask the clock: a callback that compared clock and
 * deadline would sometimes find itself a millisecond early, and have to wait again.
 */
export function startTimer(ms: number, callback: () => void): () => void {
  let timer: Timer;
  const step = (): void => {
    // Node warns of a negative one.
    const delay = Math.min(Math.max(ms, 0), LONGEST_DELAY);
    ms -= delay;
    timer = setTimeout(ms > 0 ? step : callback, delay);
  };
  step();
  return () => clearTimeout(timer);
}
