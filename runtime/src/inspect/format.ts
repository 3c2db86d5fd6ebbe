import { invalid } from '../errors.js';
import { tree, type ScopeInfo, type TaskInfo } from './tree.js';

/** Below that no more is drawn: lines that nobody reads to the end. */
const DEEPEST = 40;
/** Of so many tasks in a group, or scopes in a task, each is drawn; of more the oldest. */
const MOST = 50;
/** Titles are padded to the longest, but for those that are longer than this. */
const WIDEST = 48;

interface Node {
  readonly title: string;
  readonly details: readonly (string | undefined | false)[];
  readonly below: readonly (() => Node)[];
}

interface Line {
  readonly title: string;
  readonly details: string;
}

/**
 * The tree of the open scopes as text, for a console or a log: a line for each scope and each running
 * task, with its state, its age, its limit and its deadline, whether it was cancelled and still runs,
 * and the line that created it. Tasks that wait for room are counted, and not listed.
 *
 * @param scopes What {@link tree} has given, in this process or in another.
 *
 * @example
 * setInterval(() => console.log(format()), 60_000).unref();
 */
export function format(scopes: readonly ScopeInfo[] = tree()): string {
  const isList: boolean = Array.isArray(scopes);
  if (!isList) throw invalid('scopes must be an array, as tree() gives it', scopes);
  if (scopes.length === 0) return 'No scope is open';
  const now = Date.now();
  const lines = linesOf(scopes.map((scope) => () => nodeOfScope(scope, now)));
  const width = lines.reduce(
    (most, { title: { length } }) => (length > WIDEST ? most : Math.max(most, length)),
    0,
  );
  return lines
    .map(({ title, details }) => `${title.padEnd(width)}  ${details}`.trimEnd())
    .join('\n');
}

/** Not by recursion: scopes may be nested deeper than the stack. */
function linesOf(roots: readonly (() => Node)[]): Line[] {
  const lines: Line[] = [];
  const open: { node: () => Node; indent: string; isLast: boolean; depth: number }[] = [];
  const push = (nodes: readonly (() => Node)[], indent: string, depth: number): void => {
    nodes.forEach((_, index) => {
      const place = nodes.length - 1 - index;
      open.push({ node: nodes[place]!, indent, isLast: index === 0, depth });
    });
  };
  push(roots, '', 0);
  for (let next = open.pop(); next; next = open.pop()) {
    const { indent, isLast, depth } = next;
    const { title, details, below } = next.node();
    const branch = depth === 0 ? '' : isLast ? '└─ ' : '├─ ';
    lines.push({
      title: `${indent}${branch}${plain(title)}`,
      details: plain(details.filter(Boolean).join(' · ')),
    });
    const deeper = depth === 0 ? '' : `${indent}${isLast ? '   ' : '│  '}`;
    if (depth < DEEPEST) push(below, deeper, depth + 1);
    else if (below.length > 0) lines.push({ title: `${deeper}└─ … and deeper`, details: '' });
  }
  return lines;
}

function nodeOfScope(scope: ScopeInfo, now: number): Node {
  const { kind, name, state, limit, queued, remaining, cancelledFor, reason } = scope;
  const { tasks, scopes } = scope;
  const running = tasks.filter(({ status }) => status === 'running');
  const isCancelled = cancelledFor !== undefined;
  return {
    title: name === undefined ? kind : `${kind} "${name}"`,
    details: [
      state,
      tasks.length > 0 && `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`,
      limit !== undefined && `limit ${limit}`,
      queued !== undefined && `${queued} ${queued === 1 ? 'waits' : 'wait'} for room`,
      remaining !== undefined && !isCancelled && `${duration(remaining)} to its deadline`,
      isCancelled && `cancelled ${duration(cancelledFor)} ago`,
      isCancelled && reason,
      duration(now - scope.since),
    ],
    below: atMost([
      ...running.map((task) => () => nodeOfTask(task, now)),
      ...scopes.map((inner) => () => nodeOfScope(inner, now)),
    ]),
  };
}

function nodeOfTask(task: TaskInfo, now: number): Node {
  const { name, since, at, awaits, isCancelled, canNeverSettle, scopes } = task;
  return {
    title: name,
    details: [
      canNeverSettle
        ? 'can never settle: nothing is left that could end what it awaits'
        : isCancelled
          ? 'cancelled and still running'
          : 'running',
      since !== undefined && duration(now - since),
      awaits?.join(' › ') ?? (at !== undefined && fileAndLine(at)),
    ],
    below: atMost(scopes.map((scope) => () => nodeOfScope(scope, now))),
  };
}

function atMost(nodes: readonly (() => Node)[]): readonly (() => Node)[] {
  if (nodes.length <= MOST) return nodes;
  const more = { title: `… and ${nodes.length - MOST} more`, details: [], below: [] };
  return [...nodes.slice(0, MOST), () => more];
}

/** More of a name or a reason nobody reads. */
const LONGEST = 500;

/** On one line, as it stands: names and reasons come from anywhere, and a terminal obeys what is in them. */
function plain(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\u200e\u200f]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `app.js:31`; of a file whose name says nothing the folder, too. */
function fileAndLine(place: string): string {
  const [, path = place, line = ''] = /^(.*?)(:\d+)(?::\d+)?$/.exec(place) ?? [];
  const names = path.split(/[\\/]/);
  const count = /^index\.\w+$/.test(names.at(-1)!) ? 2 : 1;
  return names.slice(-count).join('/') + line;
}

/** In the two largest units that say something. */
function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
