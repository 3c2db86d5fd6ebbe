// A mock of a test that no line tells what to give: it gives `undefined`, whatever its type says.
//
//   const load = vi.fn() as MockedFunction<typeof api.load>;
//   load('a');
//
//   jest.mock('./api', () => ({ load: jest.fn() }));
//   import { load } from './api';
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { isFunction } from './enclosing.js';
import { externalName } from './external-name.js';
import { outcomeOf } from './function-outcome.js';
import { calledMember, calledName, propertyName } from './property-name.js';
import { constantInit, localVariableOf, type SourceCode, type Variable } from './variable.js';
import { unwrapped } from './wrappers.js';

/** Names that stand for names are followed so far. */
const DEEPEST = 5;

/** Whether a call is one of such a mock. */
export function callsBareMock(call: TSESTree.Node, sourceCode: SourceCode): boolean {
  return call.type === 'CallExpression' && isBareMock(call.callee, sourceCode, DEEPEST);
}

function isBareMock(value: TSESTree.Node, sourceCode: SourceCode, depth: number): boolean {
  const node = unwrapped(value);
  if (depth === 0) return false;
  if (node.type === 'CallExpression') {
    if (calledName(node) !== 'mocked')
      return node.arguments.length === 0 && isMaker(node.callee, sourceCode);
    return node.arguments[0] !== undefined && isBareMock(node.arguments[0], sourceCode, depth - 1);
  }
  const name = nameOf(node);
  if (name === undefined || toldIn(sourceCode).has(name)) return false;
  const values =
    node.type === 'Identifier' ? valuesOf(node, sourceCode) : memberOf(node, sourceCode);
  return values.length > 0 && values.every((each) => isBareMock(each, sourceCode, depth - 1));
}

const MODULES: ReadonlySet<string | undefined> = new Set([
  ...['@jest/globals', 'bun:test', 'node:test', 'sinon', 'vitest'],
  undefined, // Jest's are globals, as are Vitest's where it is told so.
]);

const MAKERS = /^((jest|mock|vi)\.fn|sinon\.stub|stub)$/;

function isMaker(callee: TSESTree.Node, sourceCode: SourceCode): boolean {
  const name = externalName(callee, sourceCode);
  if (name === undefined || name.from === 'file' || !MODULES.has(name.module)) return false;
  return MAKERS.test(name.path.join('.'));
}

/** What names stand for: each call of one asks. */
const values = new WeakMap<Variable, readonly TSESTree.Node[]>();

function valuesOf(name: TSESTree.Identifier, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const variable = localVariableOf(name, sourceCode);
  if (variable === undefined) return [];
  const found = values.get(variable) ?? findValues(variable, sourceCode);
  values.set(variable, found);
  return found;
}

/** What a name is given, or what it is imported as from a module that the file makes up. */
function findValues(variable: Variable, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const [definition] = variable.defs;
  if (definition?.type === 'Variable' && definition.node.id.type === 'Identifier') {
    return variable.references.flatMap((each) => (each.isWrite() ? (each.writeExpr ?? []) : []));
  }
  if (definition?.type !== 'ImportBinding') return [];
  const { node, parent } = definition;
  if (parent?.type !== 'ImportDeclaration') return [];
  const imported = node.type === 'ImportSpecifier' ? node.imported : undefined;
  const exported = imported?.type === 'Identifier' ? imported.name : 'default';
  return propertyOf(madeUpIn(sourceCode).get(parent.source.value), exported);
}

/** `store.save` of `const store = { save: vi.fn() }`. */
function memberOf(member: TSESTree.Node, sourceCode: SourceCode): readonly TSESTree.Node[] {
  if (member.type !== 'MemberExpression') return [];
  const object = unwrapped(member.object);
  const variable = object.type === 'Identifier' ? localVariableOf(object, sourceCode) : undefined;
  const init = variable && constantInit(variable);
  return propertyOf(init && unwrapped(init), propertyName(member));
}

function propertyOf(
  object: TSESTree.Node | undefined,
  name: string | undefined,
): readonly TSESTree.Node[] {
  if (object?.type !== 'ObjectExpression' || name === undefined) return [];
  const last = object.properties
    .filter((each) => each.type === 'SpreadElement' || propertyName(each) === name)
    .at(-1);
  return last?.type === 'Property' ? [last.value] : [];
}

const madeUp = new WeakMap<TSESTree.Node, ReadonlyMap<string, TSESTree.Node>>();

/** The objects that stand for modules: `vi.mock('./api', () => ({ … }))`. */
function madeUpIn(sourceCode: SourceCode): ReadonlyMap<string, TSESTree.Node> {
  const known = madeUp.get(sourceCode.ast);
  if (known !== undefined) return known;
  const found = new Map<string, TSESTree.Node>();
  for (const statement of sourceCode.ast.body) {
    const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
    if (call?.type !== 'CallExpression' || calledMember(call)?.name !== 'mock') continue;
    const [module, factory] = call.arguments;
    if (module?.type !== 'Literal' || typeof module.value !== 'string') continue;
    const made = factory && unwrapped(factory);
    const object = isFunction(made) ? outcomeOf(made, sourceCode).returned.map(unwrapped) : [];
    if (object.length === 1) found.set(module.value, object[0]!);
  }
  madeUp.set(sourceCode.ast, found);
  return found;
}

const told = new WeakMap<TSESTree.Node, ReadonlySet<string>>();

const TELLING =
  /^mock(Implementation|Rejected|Resolved|Return)\w*$|^with(Args|Implementation)$|^(calls|rejects|resolves|returns|throws|yields)\w*$|^on(First|Second|Third)?Call$/;

/** The names of the mocks that some line tells what to give. */
function toldIn(sourceCode: SourceCode): ReadonlySet<string> {
  const known = told.get(sourceCode.ast);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    const member = calledMember(node);
    if (member === undefined || !TELLING.test(member.name ?? '')) continue;
    addNames(mockOf(member.object), found, sourceCode);
  }
  told.set(sourceCode.ast, found);
  return found;
}

/** `load` of `vi.mocked(load).mockReset()`. */
function mockOf(value: TSESTree.Node): TSESTree.Node {
  const node = unwrapped(value);
  if (node.type !== 'CallExpression') return node;
  const [first] = node.arguments;
  if (calledName(node) === 'mocked' && first !== undefined) return mockOf(first);
  const member = calledMember(node);
  return member === undefined ? node : mockOf(member.object);
}

/** Under its own name, and those that it was given the mock by. */
function addNames(mock: TSESTree.Node, names: Set<string>, sourceCode: SourceCode): void {
  const name = nameOf(mock);
  if (name === undefined || names.has(name)) return;
  names.add(name);
  const variable: Variable | undefined =
    mock.type === 'Identifier' ? localVariableOf(mock, sourceCode) : undefined;
  for (const { writeExpr } of variable?.references ?? []) {
    if (writeExpr != null) addNames(mockOf(writeExpr), names, sourceCode);
  }
}

function nameOf(mock: TSESTree.Node): string | undefined {
  if (mock.type === 'Identifier') return mock.name;
  return mock.type === 'MemberExpression' ? propertyName(mock) : undefined;
}
