// Whether a name says that its promise is a timer: `sleep`, `rejectAfter`, `createTimeoutPromise`.
// Every word has to be one that such names are made of, so that `fetchWithTimeout`, `delayedFetch`
// and `waitForEvent` are none.

/** Words that make it a timer. */
const TIMER = new Set(['deadline', 'delay', 'pause', 'sleep', 'timeout', 'timer']);

/** Words that make it a timer together with `after`: `rejectAfter`. */
const FAILURE = new Set(['abort', 'error', 'expire', 'fail', 'reject', 'throw']);

/** Words that such names have beside them. */
const OTHER = new Set([
  ...['after', 'async', 'by', 'create', 'for', 'get', 'hard', 'in', 'make', 'max', 'millis'],
  ...['milliseconds', 'ms', 'new', 'on', 'promise', 'rejection', 'seconds', 'set', 'start', 'wait'],
]);

export function isTimerName(name: string): boolean {
  const words = wordsOf(name);
  if (words.join() === 'wait') return true;
  if (words.at(-1) === 'promise' && TIMER.has(words.at(-2) ?? '')) return true;
  if (!words.every((word) => TIMER.has(word) || FAILURE.has(word) || OTHER.has(word))) return false;
  const fails = words.includes('after') && words.some((word) => FAILURE.has(word));
  return fails || words.some((word) => TIMER.has(word));
}

/** `['create', 'timeout']` for `createTimeout`, `create_timeout` and `#createTimeout`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
