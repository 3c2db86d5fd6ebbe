// Promises that the function which gives them keeps in a field, where others take it from:
//
//   close() { this.closing ??= this.server.close(); return this.closing; }
//   async stopped() { await this.closing; }
//   …
//   void this.close();                         // who waits for it is in `stopped`
//
// In the field itself it is left to no-ungrouped-task. Whoever only asks the same function again
// has it as this caller does, and may never come.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { isInside } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { mentionsOfProperty } from '../../syntax/property-mentions.js';
import { promiseStatic } from '../../syntax/promise-static.js';
import { propertyName } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';

type Node = TSESTree.Node;

export function isKeptByCallee(call: Node, place: Place): boolean {
  const called = projectFunction(call, place);
  // What an async function gives is a promise of its own.
  if (called === undefined || called.node.async || called.node.generator) return false;
  const answer = known.get(called.node) ?? keepsForOthers(called);
  known.set(called.node, answer);
  return answer;
}

/** What was found of a function: each of its calls asks. */
const known = new WeakMap<Node, boolean>();

function keepsForOthers(called: ProjectFunction): boolean {
  const { returned } = outcomeOf(called.node, called.place.sourceCode);
  const fields = returned.map((value) => fieldOf(value, called));
  return fields.length > 0 && fields.every((name) => name !== undefined && isTaken(name, called));
}

/**
 * The field of `return this.closing`, `return (this.closing ??= …)`, `this.closing = c; return c`,
 * `this.closing = Promise.all([this.closing, c]); return c`.
 */
function fieldOf(
  value: Node,
  { node, place: { sourceCode } }: ProjectFunction,
): string | undefined {
  const given = unwrapped(value);
  if (given.type === 'AssignmentExpression') return nameOfField(given.left);
  if (given.type !== 'Identifier') return nameOfField(given);
  const kept = assignmentsIn(node.body, sourceCode).find(({ right }) =>
    partsOf(right, sourceCode).some(
      (part) => part?.type === 'Identifier' && part.name === given.name,
    ),
  );
  return kept && nameOfField(kept.left);
}

/** What a value is, or what a `Promise.all` waits for. */
function partsOf(value: Node, sourceCode: SourceCode): readonly (Node | null)[] {
  const made = unwrapped(value);
  if (promiseStatic(made, sourceCode) === undefined) return [made];
  const [list] = made.type === 'CallExpression' ? made.arguments : [];
  return list?.type === 'ArrayExpression' ? list.elements : [];
}

function nameOfField(value: Node): string | undefined {
  const node = unwrapped(value);
  const isField = node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
  return isField ? propertyName(node) : undefined;
}

function assignmentsIn(body: Node, sourceCode: SourceCode): TSESTree.AssignmentExpression[] {
  return [...descendants(body, sourceCode, 'own')].filter(
    (node) => node.type === 'AssignmentExpression',
  );
}

/** Whether code outside of the function waits for what the field has, or hands it on. */
function isTaken(name: string, { node, place: { sourceCode } }: ProjectFunction): boolean {
  return mentionsOfProperty(name, sourceCode.ast, sourceCode).some((mention) => {
    if (isInside(mention, node) || mention.type === 'Property') return false;
    const { kind } = consumerOf(mention);
    return kind === 'awaited' || kind === 'returned' || kind === 'handed-over';
  });
}
