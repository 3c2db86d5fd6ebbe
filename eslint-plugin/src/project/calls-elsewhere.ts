// The calls of a function or a method in the other files of its package, tests included, by its name:
//
//   import { open } from './open.js';        open(url);
//   import * as mail from './mail.js';       mail.open(url);
//   constructor(private mail: Mail) {}       this.mail.open(url);     the file names the class
//
// A name may be of something else there: who asks takes no harm from one call too many.
import { dirname } from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { calledMember, calledName } from '../syntax/property-name.js';
import { localVariableOf, type SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { packageFiles, packageFolder, textOf } from './package-files.js';
import type { NamedIn } from './project-place.js';
import { readSource } from './read-source.js';

/** Empty where the package is too large to look for any. */
export function callsElsewhere(
  { name, owner }: NamedIn,
  file: string,
): readonly TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  for (const { path, text } of filesAround(file)) {
    const isNamed = text.includes(name) && (owner === undefined || text.includes(owner));
    const sourceCode = isNamed && path !== file ? readSource(path) : undefined;
    if (sourceCode === undefined) continue;
    for (const node of descendants(sourceCode.ast, sourceCode)) {
      if (node.type !== 'CallExpression' || calledName(node) !== name) continue;
      if (owner !== undefined ? calledMember(node) : isOfImport(node, sourceCode)) calls.push(node);
    }
  }
  return calls;
}

function isOfImport({ callee }: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const called = unwrapped(callee);
  const root = called.type === 'MemberExpression' ? unwrapped(called.object) : called;
  const variable = root.type === 'Identifier' ? localVariableOf(root, sourceCode) : undefined;
  return variable?.defs[0]?.type === 'ImportBinding';
}

interface PackageFile {
  readonly path: string;
  readonly text: string;
}

/** Each report asks: to look at all files of a package once more takes its time. */
let kept:
  | { readonly root: string; readonly at: number; readonly files: readonly PackageFile[] }
  | undefined;
const KEPT_FOR_MS = 2_000;

function filesAround(file: string): readonly PackageFile[] {
  const root = packageFolder(dirname(file)) ?? file;
  const now = performance.now();
  if (kept?.root === root && now - kept.at < KEPT_FOR_MS) return kept.files;
  const files = (packageFiles(file, true) ?? []).map((path) => ({ path, text: textOf(path) }));
  kept = { root, at: now, files };
  return files;
}
