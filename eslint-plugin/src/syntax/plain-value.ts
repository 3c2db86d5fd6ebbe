// Values that are surely no promise, by what is written alone: where there are no types.
//
//   const response = await load();  …  return response.body;
//   catch (error) { return [error, undefined]; }
import type { TSESTree } from '@typescript-eslint/utils';

import { sourcesOf } from './consumers.js';
import { Depth } from './depth.js';
import { externalName } from './external-name.js';
import { isUndefined } from './literal-value.js';
import {
  onlyDefinition,
  rootVariable,
  type SourceCode,
  type Variable,
  variableOf,
} from './variable.js';
import { unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

const PLAIN: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AwaitExpression',
  'BinaryExpression',
  'ClassExpression',
  'FunctionExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
]);

/** Functions of the platform that give what they make at once. */
const MAKERS = /^(Array|BigInt|Boolean|JSON|Math|Number|Object|String|structuredClone)\b/;

/** A name may stand for another one, and that for it. */
const depth = new Depth();

export function isPlainValue(value: Node, sourceCode: SourceCode): boolean {
  return depth.within(
    () => sourcesOf(value).every((source) => isPlainSource(source, sourceCode)),
    false,
  );
}

function isPlainSource(source: Node, sourceCode: SourceCode): boolean {
  const node = unwrapped(source);
  if (PLAIN.has(node.type)) return true;
  switch (node.type) {
    case 'Identifier':
      return isUndefined(node) || isPlainName(node, sourceCode);
    case 'MemberExpression':
      return isMemberOfResult(node, sourceCode);
    case 'CallExpression': {
      const name = externalName(node.callee, sourceCode);
      return name?.from === 'lib' && MAKERS.test(name.path.join('.'));
    }
    default:
      return false;
  }
}

/** What is found of a name. One that is still looked into says nothing against itself: `x = x ?? 1`. */
const known = new WeakMap<Variable, boolean>();

/** What a `catch` has caught, and a name that is only ever given what is plain. */
function isPlainName(name: TSESTree.Identifier, sourceCode: SourceCode): boolean {
  const variable = variableOf(name, sourceCode);
  if (variable === undefined) return false;
  let answer = known.get(variable);
  if (answer === undefined) {
    known.set(variable, true);
    answer = isOnlyPlain(variable, sourceCode);
    known.set(variable, answer);
  }
  return answer;
}

function isOnlyPlain(variable: Variable, sourceCode: SourceCode): boolean {
  const definition = onlyDefinition(variable);
  switch (definition?.type) {
    case 'CatchClause':
    case 'ClassName':
    case 'FunctionName':
      return true;
    case 'Variable': {
      const { id, init, parent } = definition.node;
      if (isOfPlainType(definition.node)) return true;
      if (init === null && parent.parent.type !== 'BlockStatement') return false; // `for (const each of …)`
      const writes = variable.references.flatMap(({ writeExpr }) => writeExpr ?? []);
      // What is taken out of a list, or an object, may be a promise; what was awaited is none.
      return writes.every(
        (written) =>
          unwrapped(written).type === 'AwaitExpression' ||
          (id.type === 'Identifier' && isPlainValue(written, sourceCode)),
      );
    }
    default:
      return false;
  }
}

/** `let count = 0` and `let text: string` can be given nothing else. */
function isOfPlainType({ id, init }: TSESTree.VariableDeclarator): boolean {
  if (id.type !== 'Identifier') return false;
  const type = id.typeAnnotation?.typeAnnotation.type;
  if (type !== undefined) return /^TS(Boolean|BigInt|Number|String)Keyword$/.test(type);
  return init?.type === 'TemplateLiteral' || (init?.type === 'Literal' && init.value !== null);
}

/** A name that is written to have a type which is no promise: `socket: Socket`. */
export function isOfWrittenType(value: Node, sourceCode: SourceCode): boolean {
  const variable = value.type === 'Identifier' ? variableOf(value, sourceCode) : undefined;
  const name = variable && onlyDefinition(variable)?.name;
  const type = name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  return type !== undefined && !/Promise|any|unknown/.test(sourceCode.getText(type));
}

/** `response.body`, of what was awaited. */
function isMemberOfResult(member: TSESTree.MemberExpression, sourceCode: SourceCode): boolean {
  const variable = rootVariable(member, sourceCode);
  const definition = variable && onlyDefinition(variable);
  if (definition?.type === 'CatchClause') return true;
  const declared = definition?.node;
  if (declared?.type !== 'VariableDeclarator' || declared.init === null) return false;
  const init = unwrapped(declared.init);
  return init.type === 'AwaitExpression';
}
