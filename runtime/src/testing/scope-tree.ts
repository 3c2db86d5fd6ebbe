import { about, openScopes, type OpenScope, type PendingTask } from '../open-scopes.js';

/** Says of a task what its status does not. */
export type Remark = (task: PendingTask) => string | undefined;

/** The scopes that are open, as a tree: each under the task or the scope in whose signal it was opened. */
export function scopeTree(
  scopes: readonly OpenScope[] = openScopes(),
  remark: Remark = () => undefined,
): string {
  const all = scopes.map((scope) => ({ scope, ...scope[about]() }));
  type Entry = (typeof all)[number];
  const within = (signal: AbortSignal | undefined): Entry[] =>
    signal ? all.filter(({ parent }) => parent === signal) : [];
  const signals = new Set(
    all.flatMap(({ signal, tasks }) => [signal, ...tasks.map((task) => task.madeSignal)]),
  );

  const linesOf = ({ scope, name, signal, tasks }: Entry): string[] => [
    titleOf(scope, scope.name ?? name),
    ...branches([
      ...tasks.map((task) => [
        [`${nameOf(task)}: ${task.status}`, remark(task)].filter(Boolean).join(', '),
        ...branches(within(task.madeSignal).map(linesOf)),
      ]),
      ...within(signal).map(linesOf),
    ]),
  ];
  const roots = all.filter(({ parent }) => !parent || !signals.has(parent));
  return roots.flatMap(linesOf).join('\n');
}

function nameOf({ id }: PendingTask): string {
  return typeof id === 'string' ? `task "${id}"` : `task #${id}`;
}

function titleOf({ state, remaining }: OpenScope, name: string | undefined): string {
  const kind = remaining === undefined ? 'Task group' : 'Timeout';
  const label = name === undefined ? kind : `${kind} "${name}"`;
  const hasDeadline = remaining !== undefined && remaining !== Infinity;
  return `${label}: ${state}${hasDeadline ? `, ${Math.round(remaining)} ms to its deadline` : ''}`;
}

function branches(blocks: readonly (readonly string[])[]): string[] {
  return blocks.flatMap((lines, index) => {
    const isLast = index === blocks.length - 1;
    return lines.map((line, n) =>
      n === 0 ? `${isLast ? '└─' : '├─'} ${line}` : `${isLast ? '  ' : '│ '} ${line}`,
    );
  });
}
