// Where the platform has no channels nobody can listen. Node, Bun and Deno take `traced.node.ts`
// instead, by the package's `imports`. Bundlers keep what only depends on a constant from elsewhere.

export function areTasksHeard(): boolean {
  return false;
}

export function tracedTask<W>(_: object, work: W): W {
  return work;
}

function run<R>(_: object, body: () => R): R {
  return body();
}

function ignore(): void {}

export { run as runTracedGroup, run as runTracedTimeout };
export {
  ignore as endTracedTask,
  ignore as endTracedGroup,
  ignore as endTracedTimeout,
  ignore as failTracedTimeout,
};
