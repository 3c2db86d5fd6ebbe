// Whether the next statement takes what a declaration stores: `const page = load(); use(page);`.
// Most of what is stored is used at once. To see it costs no type and no walk.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { isTaken } from './promise-use.js';
import type { StoredPromise } from './started-promise.js';

/** Statements all of which runs. */
const PLAIN: ReadonlySet<string | undefined> = new Set([
  'ExpressionStatement',
  'ReturnStatement',
  'VariableDeclaration',
]);

export function isTakenNext({ started, store }: StoredPromise, sourceCode: SourceCode): boolean {
  if (store.kind !== 'name' || store.isContainer) return false;
  const declaration = store.variable.defs[0]?.parent;
  if (declaration?.type !== 'VariableDeclaration' || !isInside(started, declaration)) return false;
  const next = statementAfter(declaration);
  const run = enclosingRun(declaration);
  if (next === undefined || !PLAIN.has(next.type)) return false;
  return store.variable.references.some((reference) => {
    const { identifier } = reference;
    if (!reference.isRead()) return false; // `page = load()` takes nothing, and drops what was there.
    if (!isInside(identifier, next) || enclosingRun(identifier) !== run) return false;
    if (consumerOf(identifier).kind === 'stored') return false; // An alias has paths of its own.
    const before = sourceCode.text.slice(next.range[0], identifier.range[0]);
    return !AWAITED_BEFORE.test(before) && isTaken(identifier, store, sourceCode);
  });
}

/** `f(await other(), ` before the name: that await is over before the name is reached. */
const AWAITED_BEFORE = /\bawait\b[^]*[),]/;

function statementAfter(statement: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement' && parent?.type !== 'Program') return undefined;
  return parent.body[parent.body.indexOf(statement as TSESTree.Statement) + 1];
}
