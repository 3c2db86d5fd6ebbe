import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

import { formattingOf } from './manifest-edit.js';

/**
 * Puts entries into an object of a JSON text, each on a line of its own, and makes the objects on the
 * way to it. What is there stays as it is written, comments and the breaks of its lines with it.
 *
 * The road not taken: `modify` of jsonc-parser formats anew what stands beside an entry.
 */
export function withEntries(
  text: string,
  path: readonly string[],
  entries: Readonly<Record<string, unknown>>,
): string {
  const object = nodeAt(text, path);
  if (object === undefined) {
    return withEntries(text, path.slice(0, -1), { [path.at(-1)!]: entries });
  }
  return Object.entries(entries).reduce((before, [name, value]) => {
    const known = nodeAt(before, [...path, name]);
    const depth = path.length + 1;
    if (known !== undefined) return replaced(before, known, shown(value, depth, before));
    return inserted(
      before,
      nodeAt(before, path)!,
      `${JSON.stringify(name)}: ${shown(value, depth, before)}`,
      depth,
    );
  }, text);
}

/** Puts a value at the end of a list. */
export function withItem(text: string, path: readonly string[], value: unknown): string {
  const depth = path.length + 1;
  return inserted(text, nodeAt(text, path)!, shown(value, depth, text), depth);
}

function nodeAt(text: string, path: readonly string[]): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && (path.length === 0 ? root : findNodeAtLocation(root, [...path]));
}

function replaced(text: string, { offset, length }: Node, value: string): string {
  return text.slice(0, offset) + value + text.slice(offset + length);
}

/** As the last is: on a line of its own, or beside the others. */
function inserted(text: string, { children = [], ...node }: Node, entry: string, depth: number) {
  const last = children.at(-1);
  if (last === undefined) {
    const { eol, indent } = lines(text);
    const inside = `${eol}${indent.repeat(depth)}${entry}${eol}${indent.repeat(depth - 1)}`;
    const at = node.offset + 1;
    return text.slice(0, at) + inside + text.slice(node.offset + node.length - 1);
  }
  const [space = ' '] = /\s+$/.exec(text.slice(0, last.offset)) ?? [];
  const at = last.offset + last.length;
  const between = space.includes('\n') ? space.slice(space.search(/\r?\n(?!.*\n)/s)) : ' ';
  return `${text.slice(0, at)},${between}${entry}${text.slice(at)}`;
}

/** An object of several entries has a line for each; what is short has one. */
function shown(value: unknown, depth: number, text: string): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => shown(item, depth, text)).join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}: ${shown(item, depth + 1, text)}`,
  );
  if (entries.length <= 1) return `{ ${entries.join('')} }`;
  const { eol, indent } = lines(text);
  const inside = entries.map((entry) => indent.repeat(depth + 1) + entry).join(`,${eol}`);
  return `{${eol}${inside}${eol}${indent.repeat(depth)}}`;
}

function lines(text: string): { readonly eol: string; readonly indent: string } {
  const { eol, insertSpaces, tabSize } = formattingOf(text);
  return { eol, indent: insertSpaces ? ' '.repeat(tabSize) : '\t' };
}
