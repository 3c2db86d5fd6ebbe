// The function that a call of a function of the project gives, whatever type it is cast to:
//
//   function debounce<T extends Run>(run: T): T {
//     const later = () => { timer = setTimeout(run, 10); };
//     return later as T;
//   }
//   const save = debounce(async () => { … });       save();     gives no promise
import type { TSESTree } from '@typescript-eslint/utils';

import { outcomeOf } from '../syntax/function-outcome.js';
import { propertyName } from '../syntax/property-name.js';
import { valuesOfProperty } from '../syntax/property-values.js';
import { functionOf, resolved, type SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { projectFunction } from './project-function.js';
import type { Place, ProjectFunction } from './project-place.js';

/** `undefined` for what no function of the project makes, and where it may be one of several. */
export function madeFunction(value: TSESTree.Node, place: Place): ProjectFunction | undefined {
  const call = valueOf(value, place.sourceCode);
  const maker = call.type === 'CallExpression' ? projectFunction(call, place) : undefined;
  if (maker === undefined || maker.node.async || maker.node.generator) return undefined;
  const { sourceCode } = maker.place;
  const [made, ...others] = outcomeOf(maker.node, sourceCode).returned;
  const node = made && functionOf(made, sourceCode);
  return node && others.length === 0 ? { node, place: maker.place } : undefined;
}

/** What a name, or a field of its own class, has been given. */
function valueOf(value: TSESTree.Node, sourceCode: SourceCode): TSESTree.Node {
  const node = unwrapped(value);
  const isOwn = node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
  const name = isOwn ? propertyName(node) : undefined;
  const [only, ...others] = name === undefined ? [] : valuesOfProperty(name, sourceCode);
  return only && others.length === 0 ? unwrapped(only) : resolved(node, sourceCode);
}

/** Whether a function of the project gives nothing, by its code. */
export function isWithoutResult({ node, place }: ProjectFunction): boolean {
  if (node.async || node.generator) return false;
  return outcomeOf(node, place.sourceCode).returned.length === 0;
}
