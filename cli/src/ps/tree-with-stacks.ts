import { type ScopeInfo, type TaskInfo, tree } from 'mooring/inspect';

import { CannotError } from '../command.js';
import type { Terminal } from '../terminal.js';
import { awaitChain, functionOf } from './await-chain.js';
import { HeapGraph, type Place } from './heap-graph.js';
import type { Session } from './session.js';

interface Scope {
  readonly signal: AbortSignal;
}

/** The oldest that run: each is one more question. */
const MOST_TASKS = 500;
/** How long a snapshot takes, in milliseconds for a megabyte; it is waited for ten times as long. */
const MS_PER_MB = 30;
/** Characters of text: the engine that reads the snapshot can hold no more in one piece. */
const LARGEST = 500_000_000;

/** What the process gives of itself: the tree, and the objects that its tasks are. */
const LOOK = `(() => {
  const tasks = [];
  const scopes = (${String(tree)})((info, task) => {
    if (info.status === 'running' && tasks.length < ${MOST_TASKS}) info.place = tasks.push(task) - 1;
  });
  return { scopes, tasks };
})()`;

type Placed = TaskInfo & { place?: number };

/** The tree of a process, with the functions that each task waits in. */
export async function treeWithStacks(
  session: Session,
  { stderr }: Pick<Terminal, 'stderr'>,
  scope: Scope,
): Promise<ScopeInfo[]> {
  const { usedSize } = await session.call<{ usedSize: number }>('Runtime.getHeapUsage', {}, scope);
  const megabytes = Math.max(1, Math.round(usedSize / 1e6));
  const seconds = Math.max(1, Math.round((megabytes * MS_PER_MB) / 1_000));
  stderr.write(`The process stands still for about ${seconds} s: its heap is ${megabytes} MB.\n`);

  const scripts = await scriptsOf(session, scope);
  const look = await session.evaluateObject(LOOK, scope);
  const scopes = await session.callOn<ScopeInfo[]>(
    look,
    'function () { return this.scopes; }',
    scope,
  );
  const graph = await snapshot(session, megabytes, scope);
  // The numbers are given with the snapshot.
  const ids = await heapIdsOf(look, session, scope);
  await session.call('Runtime.releaseObject', { objectId: look }, scope);

  const nodes = graph.find(new Set(ids));
  for (const task of tasksIn(scopes)) {
    const { place } = task;
    delete task.place;
    const node = place === undefined ? undefined : nodes.get(ids[place]!);
    if (node === undefined) continue;
    const library = scripts.get(graph.placeOf(node)?.scriptId ?? -1)?.folder;
    const lines = awaitChain(node, graph).map((frame) => {
      const fn = functionOf(frame, graph);
      return lineOf(graph.nameOf(fn), graph.placeOf(fn), scripts, library);
    });
    // Of what goes on inside of mooring only the call says something.
    const told = lines.filter(({ isOwn }, index) => !(isOwn && lines[index - 1]?.isOwn));
    if (told.length > 0) task.awaits = told.map(({ text }) => text);
  }
  return scopes;
}

interface Script {
  readonly folder: string;
  readonly file: string;
  /** From 1. */
  readonly lastLine: number;
}

type Scripts = ReadonlyMap<number, Script>;

/** @param library The folder that mooring was loaded from in that process. */
function lineOf(
  name: string,
  place: Place | undefined,
  scripts: Scripts,
  library: string | undefined,
): { text: string; isOwn: boolean } {
  const script = place && scripts.get(place.scriptId);
  if (script && script.folder === library) {
    return { text: publicNameOf(script.file, name), isOwn: true };
  }
  const called = name || '(anonymous)';
  if (!script?.file) return { text: called, isOwn: false };
  // Deno says of the code that it has compiled itself lines that there are not.
  const line = place!.line <= script.lastLine ? `:${place!.line}` : '';
  return { text: `${called} ${script.file}${line}`, isOwn: false };
}

/** What a program has called: the class, or the function that the file is named after. */
function publicNameOf(file: string, name: string): string {
  const base = file.replace(/\.\w+$/, '');
  if (base === 'task-group') return `TaskGroup.${name}`;
  if (base === 'limiter') return `Limiter.${name}`;
  return base.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The file of each script, by its number. */
async function scriptsOf(session: Session, scope: Scope): Promise<Scripts> {
  const scripts = new Map<number, Script>();
  interface Parsed {
    readonly scriptId: string;
    readonly url: string;
    readonly endLine: number;
  }
  session.on<Parsed>('Debugger.scriptParsed', ({ scriptId, url, endLine }) => {
    const [, folder = '', file = ''] = /^(.*[\\/])?([^\\/]*)$/.exec(url) ?? [];
    scripts.set(Number(scriptId), { folder, file, lastLine: endLine + 1 });
  });
  await session.call('Debugger.enable', {}, scope);
  await session.call('Debugger.disable', {}, scope);
  return scripts;
}

/** What the snapshot calls the tasks. */
async function heapIdsOf(look: string, session: Session, scope: Scope): Promise<number[]> {
  interface Property {
    readonly name: string;
    readonly value?: { readonly objectId?: string };
  }
  const tasks = await session.objectOn(look, 'function () { return this.tasks; }', scope);
  const { result } = await session.call<{ result: Property[] }>(
    'Runtime.getProperties',
    { objectId: tasks, ownProperties: true },
    scope,
  );
  const ids: number[] = [];
  for (const { name, value } of result) {
    if (!/^\d+$/.test(name) || !value?.objectId) continue;
    const { heapSnapshotObjectId } = await session.call<{ heapSnapshotObjectId: string }>(
      'HeapProfiler.getHeapObjectId',
      { objectId: value.objectId },
      scope,
    );
    ids[Number(name)] = Number(heapSnapshotObjectId);
  }
  return ids;
}

async function snapshot(session: Session, megabytes: number, scope: Scope): Promise<HeapGraph> {
  const chunks: string[] = [];
  let length = 0;
  session.on<{ chunk: string }>('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    length += chunk.length;
    if (length < LARGEST) chunks.push(chunk);
  });
  const patience = 60_000 + megabytes * MS_PER_MB * 10;
  await session.call('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, scope, patience);
  if (length >= LARGEST) {
    throw new CannotError(
      `The heap of ${megabytes} MB is too large for --stacks: its snapshot has ${Math.round(length / 1e6)} MB`,
    );
  }
  return new HeapGraph(chunks.join(''));
}

function tasksIn(scopes: readonly ScopeInfo[]): Placed[] {
  const found: Placed[] = [];
  const open = [...scopes];
  for (let scope = open.pop(); scope; scope = open.pop()) {
    found.push(...scope.tasks);
    open.push(...scope.scopes, ...scope.tasks.flatMap((task) => task.scopes));
  }
  return found;
}
