/** What the programs ask of what they have done, without an assertion library. */

export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection');
}

/** Of values of JSON, by what they look like. */
export function same(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(is === should, `expected ${should}, got ${is}`);
}

export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
