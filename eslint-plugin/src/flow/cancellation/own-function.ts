// Whether a call runs a function of the very object that has the signal, and hands it nothing:
//
//   ({ signal, next }) => next()                       the rest of the chain goes on with what it has
//   async (options) => { options.signal?.throwIfAborted(); return options.next(); }
//   async (options) => { const { signal } = options; … await options.next(); }
//
// Such a function was made together with the signal: `next: (changed = options) => next(changed)`. One
// that is handed something else, `deps.load(url)`, is a service that somebody has put there. So is what
// another object in it does, `context.client.reload()`.
import type { TSESTree } from '@typescript-eslint/utils';

import {
  constantDeclaration,
  onlyDefinition,
  resolved,
  type SourceCode,
  type Variable,
  variableOf,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { ScopeAtHand } from '../scopes/scopes-at-hand.js';

/** An object: the only name of it, or the pattern that takes it apart. */
type Owner = TSESTree.Node | Variable;

export function isOfItsOwner(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  { signal, variable }: ScopeAtHand,
  sourceCode: SourceCode,
): boolean {
  if (call.type !== 'CallExpression' || call.arguments.length > 0) return false;
  // Of `this` a class tells nothing: what it calls takes what the method hands over.
  if (variable === undefined) return false;
  const owner = ownerOf(unwrapped(call.callee), sourceCode);
  if (owner === undefined) return false;
  const isSignal = signal === variable.name;
  return owner === (isSignal ? ownerOfPart(variable, sourceCode) : whole(variable, sourceCode));
}

/** The object that a value was taken out of. */
function ownerOf(value: TSESTree.Node, sourceCode: SourceCode): Owner | undefined {
  if (value.type === 'MemberExpression') return objectOf(value.object, sourceCode);
  const variable = value.type === 'Identifier' ? variableOf(value, sourceCode) : undefined;
  return variable && ownerOfPart(variable, sourceCode);
}

/** Of a variable that is a part of it: `next` of `({ signal, next })`, of `const next = options.next`. */
function ownerOfPart(variable: Variable, sourceCode: SourceCode): Owner | undefined {
  const pattern = patternOf(variable);
  const declared = constantDeclaration(variable);
  if (declared === undefined) return pattern;
  if (pattern !== undefined) return objectOf(declared.init, sourceCode) ?? pattern;
  const init = unwrapped(declared.init);
  return init.type === 'MemberExpression' ? objectOf(init.object, sourceCode) : undefined;
}

function objectOf(expression: TSESTree.Node, sourceCode: SourceCode): Owner | undefined {
  const node = resolved(expression, sourceCode);
  const variable = node.type === 'Identifier' ? variableOf(node, sourceCode) : undefined;
  return variable && whole(variable, sourceCode);
}

/** `rest` of `({ signal, ...rest })` is the object itself, without a part. */
function whole(variable: Variable, sourceCode: SourceCode): Owner {
  const isRest = variable.identifiers[0]?.parent.type === 'RestElement';
  return (isRest ? ownerOfPart(variable, sourceCode) : undefined) ?? variable;
}

/** The pattern of a parameter, or of a declaration, that a name stands in; also deeper, `{ request: { signal } }`. */
function patternOf(variable: Variable): TSESTree.Node | undefined {
  const definition = onlyDefinition(variable);
  let pattern: TSESTree.Node | undefined;
  for (let node = definition?.name.parent; isPartOfPattern(node); node = node.parent) {
    if (node.type === 'ObjectPattern') pattern = node;
  }
  return pattern;
}

function isPartOfPattern(
  node: TSESTree.Node | undefined,
): node is
  TSESTree.AssignmentPattern | TSESTree.ObjectPattern | TSESTree.Property | TSESTree.RestElement {
  return node !== undefined && PARTS.has(node.type);
}

const PARTS: ReadonlySet<string> = new Set([
  'AssignmentPattern',
  'ObjectPattern',
  'Property',
  'RestElement',
]);
