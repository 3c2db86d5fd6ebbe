// The functions behind a method of a type that has no code, by what is written in the file of the type:
//
//   constructor(private readonly logger: Log) {}                this.logger.error(text, error)
//   export function makeLog(): Log { return { error(text, error) { … } }; }
//   export class FileLog implements Log { error(text, error) { … } }
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../syntax/enclosing.js';
import { outcomeOf } from '../syntax/function-outcome.js';
import { calledMember, propertyName } from '../syntax/property-name.js';
import { resolved, type SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { fileOfType, writtenType } from './imported-function.js';
import type { Place, ProjectFunction } from './project-place.js';

/** None where the type is of a package, or where nothing is seen to be one. */
export function implementingFunctions(
  call: TSESTree.CallExpression,
  place: Place,
): readonly ProjectFunction[] {
  const member = calledMember(call);
  const type = member && writtenType(member.object, place);
  if (type === undefined || member?.name === undefined) return [];
  const there = fileOfType(type, place);
  if (there === undefined) return [];
  const { sourceCode } = there.place;
  const found = functionsOf(there.name, member.name, sourceCode);
  return found.map((node) => ({ node, place: there.place }));
}

/** The functions that a file has for a method of one of its types. */
export function functionsOf(
  type: string,
  method: string,
  sourceCode: SourceCode,
): readonly FunctionNode[] {
  return ownersOf(type, sourceCode).flatMap((owner) => functionIn(owner, method) ?? []);
}

type Owner = TSESTree.ClassBody | TSESTree.ObjectExpression;

/** Of each file, by the name of the type: each handler asks. */
const known = new WeakMap<TSESTree.Node, Map<string, readonly Owner[]>>();

function ownersOf(type: string, sourceCode: SourceCode): readonly Owner[] {
  const owners = known.get(sourceCode.ast) ?? new Map<string, readonly Owner[]>();
  known.set(sourceCode.ast, owners);
  let found = owners.get(type);
  if (found === undefined) {
    const nodes = [...descendants(sourceCode.ast, sourceCode)];
    found = nodes.flatMap((node) => ownerIn(node, type, sourceCode) ?? []);
    owners.set(type, found);
  }
  return found;
}

function ownerIn(node: TSESTree.Node, type: string, sourceCode: SourceCode): Owner | undefined {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const names = [node.superClass, ...node.implements.map(({ expression }) => expression)];
    return names.some((each) => each?.type === 'Identifier' && each.name === type)
      ? node.body
      : undefined;
  }
  if (isFunction(node) && isNamed(node.returnType, type)) {
    const [object, ...others] = outcomeOf(node, sourceCode).returned;
    return object && others.length === 0 ? literal(resolved(object, sourceCode)) : undefined;
  }
  const isTyped = node.type === 'VariableDeclarator' && isNamed(node.id.typeAnnotation, type);
  return isTyped && node.init ? literal(node.init) : undefined;
}

function isNamed(annotation: TSESTree.TSTypeAnnotation | undefined, type: string): boolean {
  const written = annotation?.typeAnnotation;
  const name = written?.type === 'TSTypeReference' ? written.typeName : undefined;
  return name?.type === 'Identifier' && name.name === type;
}

function literal(value: TSESTree.Node): TSESTree.ObjectExpression | undefined {
  const node = unwrapped(value);
  return node.type === 'ObjectExpression' ? node : undefined;
}

function functionIn(owner: Owner, name: string): FunctionNode | undefined {
  for (const member of owner.type === 'ClassBody' ? owner.body : owner.properties) {
    if (!('value' in member) || member.value == null || propertyName(member) !== name) continue;
    const value = unwrapped(member.value);
    if (isFunction(value)) return value;
  }
  return undefined;
}
