/**
 * Where the platform cannot carry an async context, a function runs in the context of its caller.
 * Node, Bun and Deno take `async-context.node.ts` instead, by the package's `imports`.
 */
export function keepContext<F>(fn: F): F {
  return fn;
}
