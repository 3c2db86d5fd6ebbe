/**
 * `tiny-invariant`, which asks for `process.env` as soon as it is loaded, in a page where there is
 * no `process`:
 *
 *     <script type="module" src="app.js"></script>     ← by Rollup: ReferenceError
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant failed: ${message}`);
}
