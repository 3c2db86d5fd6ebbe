import ts from 'typescript';

/** A part of a text. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

export function parse(text: string, path: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

/** The tokens of a program, however broken it is. */
export function leavesOf(file: ts.SourceFile): Part[] {
  const leaves: Part[] = [];
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file);
    if (children.length > 0) children.forEach(visit);
    else if (node.getWidth(file) > 0) leaves.push({ start: node.getStart(file), end: node.end });
  };
  visit(file);
  return leaves;
}

/** The expressions of a program. */
export function expressionsOf(file: ts.SourceFile): Part[] {
  const found: Part[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpression(node) && !ts.isOmittedExpression(node) && node.getWidth(file) > 0) {
      found.push({ start: node.getStart(file), end: node.end });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A node, with those of its children that are smaller than it. */
export interface Tree extends Part {
  readonly children: readonly Tree[];
}

/** All nodes of a program that have some text, the large ones first. */
export function treeOf(file: ts.SourceFile): Tree[] {
  const found: Tree[] = [];
  const visit = (node: ts.Node): Tree => {
    const children: Tree[] = [];
    ts.forEachChild(node, (child) => {
      children.push(visit(child));
    });
    const [start, end] = [node.getStart(file), node.end];
    const smaller = children.filter((it) => it.end > it.start && it.end - it.start < end - start);
    const tree = { start, end, children: smaller };
    if (end > start) found.push(tree);
    return tree;
  };
  ts.forEachChild(file, (child) => {
    visit(child);
  });
  return found.sort((a, b) => b.end - b.start - (a.end - a.start));
}

/** The text without a part, or with another in its place. */
export function replacePart(text: string, { start, end }: Part, by = ''): string {
  return text.slice(0, start) + by + text.slice(end);
}
