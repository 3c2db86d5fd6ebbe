// Which expressions and types are the runtime's own, under whatever name a file imports them:
// `TaskGroup`, `timeout`, `TaskContext` … Other classes and functions count too, when the shared
// settings list them (`groups`, `timeouts`), and so do classes that extend a group in this file.
//
// Every question takes the expression and the file; what a rule is given by `defineRule` is one.
import type { TSESTree } from '@typescript-eslint/utils';

import { ENTRIES, PLATFORM, RUNTIME } from '../vocabulary.js';
import type { FunctionNode } from './enclosing.js';
import { type ExternalName, externalName } from './external-name.js';
import { calledMember } from './property-name.js';
import { functionOf, onlyDefinition, type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/** A name from the shared settings: typescript-eslint's `TypeOrValueSpecifier`. */
export type OtherName =
  | string
  | {
      readonly from: 'file' | 'lib' | 'package';
      readonly name: string | readonly string[];
      readonly package?: string;
      readonly path?: string;
    };

/** A file, and the names that the settings add to the runtime's. */
export interface FileNames {
  readonly sourceCode: SourceCode;
  readonly settings: {
    readonly groups: readonly OtherName[];
    readonly timeouts: readonly OtherName[];
  };
}

/** `new TaskGroup(…)`. */
export function isNewGroup(expression: TSESTree.Node, file: FileNames): boolean {
  const node = unwrapped(expression);
  return node.type === 'NewExpression' && isGroupClass(node.callee, file);
}

/** `new TaskGroup(…)`, or a call of a function of this file that makes and returns one. */
export function givesGroup(expression: TSESTree.Node, file: FileNames): boolean {
  const node = unwrapped(expression);
  if (node.type !== 'CallExpression') return isNewGroup(node, file);
  const made = functionOf(node.callee, file.sourceCode);
  if (made === undefined || made.async || made.generator) return false;
  if (annotatedKind(made.returnType?.typeAnnotation, file) === 'group') return true;
  return returnedValues(made).some((value) => isNewGroup(value, file));
}

/** `timeout(…)`, with or without a body. */
export function isTimeoutCall(expression: TSESTree.Node, file: FileNames): boolean {
  const node = unwrapped(expression);
  if (node.type !== 'CallExpression') return false;
  const name = externalName(node.callee, file.sourceCode);
  return isExport(name, RUNTIME.timeout) || matches(name, file.settings.timeouts);
}

/** The static method in `TaskGroup.run(…)`, `TaskGroup.map(…)`. */
export function groupStatic(call: TSESTree.Node, file: FileNames): string | undefined {
  const member = calledMember(unwrapped(call));
  return member !== undefined && isGroupClass(member.object, file) ? member.name : undefined;
}

/** The name under which the runtime exports an expression: `'sleep'`, `'TaskGroup'`. */
export function runtimeExport(expression: TSESTree.Node, file: FileNames): string | undefined {
  const name = externalName(expression, file.sourceCode);
  return isRuntime(name) && name?.path.length === 1 ? name.path[0] : undefined;
}

/** `retry(…)` or `main(…)`, of the entries beside the group. */
export function entryCall(
  call: TSESTree.CallExpression,
  { sourceCode }: FileNames,
): keyof typeof ENTRIES | undefined {
  const name = externalName(call.callee, sourceCode);
  if (name?.from !== 'package' || name.path.length !== 1) return undefined;
  const [exported] = name.path;
  if (exported !== 'main' && exported !== 'retry') return undefined;
  return name.module === ENTRIES[exported] ? exported : undefined;
}

/** Whether a call goes to the runtime itself: of a scope given to it, only the signal is taken. */
export function isRuntimeCall(call: TSESTree.Node, file: FileNames): boolean {
  const node = unwrapped(call);
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  if (node.type === 'NewExpression') return isGroupClass(node.callee, file);
  return (
    isOfPackage(externalName(node.callee, file.sourceCode)) ||
    groupStatic(node, file) !== undefined ||
    isTimeoutCall(node, file)
  );
}

/** Whether a file imports anything of the runtime: there a cancellation is known by its reason. */
export function usesRuntime({ ast }: SourceCode): boolean {
  return ast.body.some(
    (statement) =>
      statement.type === 'ImportDeclaration' && isRuntimeModule(statement.source.value),
  );
}

/** The class `TaskGroup`, another that the settings list, or one that extends either here. */
function isGroupClass(expression: TSESTree.Node, file: FileNames): boolean {
  const seen = new Set<TSESTree.Node>(); // `class A extends A {}` is a program too.
  for (let next: TSESTree.Node | undefined = unwrapped(expression); next !== undefined;) {
    const node: TSESTree.Node = next;
    const name = externalName(node, file.sourceCode);
    if (isExport(name, RUNTIME.group) || matches(name, file.settings.groups)) return true;
    if (node.type !== 'Identifier' || seen.has(node)) return false;
    seen.add(node);
    next = superClassOf(node, file.sourceCode);
  }
  return false;
}

/** What a type annotation says a value is, where its text settles it. */
export type AnnotatedKind = 'controller' | 'group' | 'signal' | 'task' | 'timeout';

/** `group: TaskGroup`, `{ signal }: TaskContext`, `signal: AbortSignal | undefined`. */
export function annotatedKind(
  type: TSESTree.TypeNode | undefined,
  file: FileNames,
): AnnotatedKind | undefined {
  if (type?.type === 'TSUnionType') {
    const kinds = type.types.map((part) => annotatedKind(part, file));
    return kinds.find((kind) => kind !== undefined);
  }
  if (type?.type !== 'TSTypeReference') return undefined;
  const name = externalName(type.typeName, file.sourceCode);
  if (isExport(name, RUNTIME.group) || matches(name, file.settings.groups)) return 'group';
  if (isExport(name, RUNTIME.timeoutType) || matches(name, file.settings.timeouts)) {
    return 'timeout';
  }
  if (isExport(name, RUNTIME.taskContext)) return 'task';
  if (isGlobal(name, PLATFORM.abortSignal)) return 'signal';
  return isGlobal(name, PLATFORM.abortController) ? 'controller' : undefined;
}

/** Whether an expression is this global of the platform: `isGlobalName(callee, 'AbortSignal')`. */
export function isGlobalName(
  expression: TSESTree.Node,
  name: string,
  sourceCode: SourceCode,
): boolean {
  return isGlobal(externalName(expression, sourceCode), name);
}

function isGlobal(name: ExternalName | undefined, wanted: string): boolean {
  return name?.from === 'lib' && name.path.join('.') === wanted;
}

function isRuntime(name: ExternalName | undefined): boolean {
  return name?.from === 'package' && name.module === RUNTIME.package;
}

/** One of its entries, too: `mooring/time`. */
function isOfPackage(name: ExternalName | undefined): boolean {
  return name?.from === 'package' && isRuntimeModule(name.module);
}

function isRuntimeModule(module: string | undefined): boolean {
  return module === RUNTIME.package || module?.startsWith(`${RUNTIME.package}/`) === true;
}

function isExport(name: ExternalName | undefined, wanted: string): boolean {
  return isRuntime(name) && name?.path.length === 1 && name.path[0] === wanted;
}

function matches(name: ExternalName | undefined, others: readonly OtherName[]): boolean {
  return name !== undefined && others.some((other) => isNamed(name, other));
}

function isNamed(name: ExternalName, other: OtherName): boolean {
  // The default export has no name of its own.
  const written = name.path.join('.') || 'default';
  if (typeof other === 'string') return written === other;
  const names = typeof other.name === 'string' ? [other.name] : other.name;
  if (!names.includes(written) || name.from !== other.from) return false;
  if (other.package === undefined) return true;
  return name.module === other.package || name.module?.startsWith(`${other.package}/`) === true;
}

/** What a function returns, where that is plain to see: its body, or the ends of its block. */
function returnedValues(made: FunctionNode): readonly TSESTree.Node[] {
  if (made.body.type !== 'BlockStatement') return [made.body];
  return made.body.body.flatMap((statement) =>
    statement.type === 'ReturnStatement' && statement.argument ? [statement.argument] : [],
  );
}

/** `class Pool extends TaskGroup {}` makes `Pool` a group. */
function superClassOf(
  name: TSESTree.Identifier,
  sourceCode: SourceCode,
): TSESTree.Node | undefined {
  const variable = variableOf(name, sourceCode);
  const declaration = variable && onlyDefinition(variable)?.node;
  const isClass =
    declaration?.type === 'ClassDeclaration' || declaration?.type === 'ClassExpression';
  return isClass ? (declaration.superClass ?? undefined) : undefined;
}
