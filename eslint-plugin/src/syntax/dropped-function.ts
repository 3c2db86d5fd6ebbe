// Whether every line of the file that calls a function drops what it gives: work that is meant to
// run by itself, which no line waits for.
//
//   async function sendLater(text: string) { queue.push(text); }      sendLater('a'); sendLater('b');
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from './call-of.js';
import { consumerOf } from './consumers.js';
import type { FunctionNode } from './enclosing.js';
import { mentionsOfProperty } from './property-mentions.js';
import { propertyName } from './property-name.js';
import { type SourceCode, variableOf } from './variable.js';
import { outermost } from './wrappers.js';

export function isAlwaysDropped(run: FunctionNode, sourceCode: SourceCode): boolean {
  const mentions = mentionsOf(run, sourceCode);
  return mentions.length > 0 && mentions.every(isDroppedCall);
}

/**
 * Whether the file hands a function, by its name, to others as well, or calls it, and never waits for it:
 *
 *     workspace.onDidOpenTextDocument(lint);
 *     workspace.textDocuments.forEach(lint);
 */
export function isNeverWaitedFor(name: TSESTree.Node, sourceCode: SourceCode): boolean {
  const variable = name.type === 'Identifier' ? variableOf(name, sourceCode) : undefined;
  const others = (variable?.references ?? []).filter(
    ({ identifier, init }) => identifier !== name && init !== true,
  );
  return others.length > 0 && others.every(({ identifier }) => isLeft(identifier));
}

function isLeft(mention: TSESTree.Node): boolean {
  if (isDroppedCall(mention)) return true;
  const taken = consumerOf(mention);
  return taken.kind === 'handed-over' && consumerOf(taken.by).kind === 'dropped';
}

/** Of what other files may call there are none. */
function mentionsOf(run: FunctionNode, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const holder = run.type === 'FunctionDeclaration' ? run : outermost(run).parent;
  if (holder?.type === 'FunctionDeclaration' || holder?.type === 'VariableDeclarator') {
    const [variable] = sourceCode.getDeclaredVariables(holder);
    const declaration = holder.type === 'VariableDeclarator' ? holder.parent : holder;
    if (/^Export/.test(declaration.parent?.type ?? '')) return [];
    return (variable?.references ?? [])
      .filter((use) => use.isRead())
      .map(({ identifier }) => identifier as TSESTree.Node);
  }
  if (holder?.type !== 'MethodDefinition' && holder?.type !== 'PropertyDefinition') return [];
  const name = propertyName(holder);
  const isPrivate = holder.accessibility === 'private' || holder.key.type === 'PrivateIdentifier';
  return name !== undefined && isPrivate
    ? mentionsOfProperty(name, holder.parent.parent, sourceCode)
    : [];
}

function isDroppedCall(mention: TSESTree.Node): boolean {
  const call = callOf(mention);
  return call !== undefined && consumerOf(call).kind === 'dropped';
}
