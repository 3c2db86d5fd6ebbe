/** Also of another realm: a `Date` of jsdom's window, or of the context that a test runs in. */
export function isDate(value: unknown): value is Date {
  try {
    return Object.prototype.toString.call(value) === '[object Date]';
  } catch {
    return false;
  }
}
