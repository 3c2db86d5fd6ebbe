import type { Fault, FaultFinder } from './find-faults.js';
import { parse, replacePart, type Tree, treeOf } from './parts.js';
import type { Source } from './source.js';

/** How deep the statements of a class lie below it: a method, its block. */
const HOIST = 3;

/** A smaller program with the same fault: without whole lines, then without nodes. */
export function reduce(fault: Fault, finder: FaultFinder, patience = 30_000): Source {
  const end = Date.now() + patience;
  const { path } = fault.source;
  const hasFault = (text: string): boolean =>
    Date.now() < end && shows(fault, { path, text }, finder);
  const text = withoutNodes(withoutLines(fault.source.text, hasFault), path, hasFault);
  return { path, text: text.replace(/\n\s*\n/g, '\n').trim() };
}

function shows({ rule, what, mode }: Fault, source: Source, finder: FaultFinder): boolean {
  const faults = mode === 'typed' ? finder.typed([source]) : finder[mode](source);
  return faults.some((fault) => fault.rule === rule && fault.what === what);
}

/** Takes away ever smaller runs of lines, for as long as the fault stays. */
function withoutLines(text: string, hasFault: (text: string) => boolean): string {
  let lines = text.split(/(?<=\n)/);
  for (let size = lines.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < lines.length;) {
      const fewer = [...lines.slice(0, at), ...lines.slice(at + size)];
      if (hasFault(fewer.join(''))) lines = fewer;
      else at += size;
    }
  }
  return lines.join('');
}

/** Takes away a node, or puts a child in its place, the large ones first, until none will go. */
function withoutNodes(text: string, path: string, hasFault: (text: string) => boolean): string {
  for (const smaller of smallerTexts(text, path)) {
    if (hasFault(smaller)) return withoutNodes(smaller, path, hasFault);
  }
  return text;
}

function* smallerTexts(text: string, path: string): Generator<string> {
  for (const node of treeOf(parse(text, path))) {
    yield replacePart(text, node);
    for (const inner of within(node, HOIST)) {
      yield replacePart(text, node, text.slice(inner.start, inner.end));
    }
  }
}

/** What lies below a node, to a depth. */
function within({ children }: Tree, depth: number): Tree[] {
  return depth === 0 ? [] : children.flatMap((child) => [child, ...within(child, depth - 1)]);
}
