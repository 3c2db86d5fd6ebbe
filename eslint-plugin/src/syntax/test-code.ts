// Code of tests, by the name of its file, or by the call that it is handed to.
import { relative } from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from './consumers.js';
import { type FunctionNode, isFunction } from './enclosing.js';
import { propertyName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

const TEST_FILE =
  /(^|[\\/])(__tests__|__mocks__|tests?|specs?|e2e|cypress|testing)[\\/]|[.-](test|spec|e2e|cy)\.[cm]?[jt]sx?$|(^|[\\/.-])test-?(helpers?|utils?|setup)\b/i;

/** Functions that run a test, or what stands before and after each. */
const RUNNERS: ReadonlySet<string> = new Set([
  ...['after', 'afterAll', 'afterEach', 'before', 'beforeAll', 'beforeEach'],
  ...['fit', 'it', 'specify', 'test', 'xit', 'xtest'],
]);

const TEST_OF_TYPES =
  /\.(test-d|type-test|types?\.test)\.[cm]?tsx?$|(^|[\\/])(test-d|types?[-_]?tests?|tests?[-_]?types?|dtslint)([\\/]|\.[cm]?tsx?$)/i;

/** `test/types/model.ts`, where a runner finds no test by its name. */
const TYPES_OF_TESTS = /(^|[\\/])tests?[\\/](types|typings)[\\/](?!.*[._](spec|test)\.[cm]?tsx?$)/i;

/** Tests of types, which are compiled and never run, by the name of the file, or of a folder: `test-d/api.ts`, `type-tests.ts`. */
export function isTestOfTypes({ cwd, file }: FilePath): boolean {
  const path = relative(cwd, file);
  return TEST_OF_TYPES.test(path) || TYPES_OF_TESTS.test(path);
}

/** Where code is: a folder above the one that the linter was started in says nothing of it. */
export interface FilePath {
  readonly cwd: string;
  readonly file: string;
}

export function isInTest(node: TSESTree.Node, { cwd, file }: FilePath): boolean {
  return TEST_FILE.test(relative(cwd, file)) || testAround(node) !== undefined;
}

const faked = new WeakMap<object, boolean>();

/** Whether a file stops the clock: looked for once, however many reports ask. */
export function hasFakeTimers({ ast, text }: SourceCode): boolean {
  const known = faked.get(ast) ?? text.includes('useFakeTimers');
  faked.set(ast, known);
  return known;
}

/** The function of the test around: `it('works', () => { … })`. */
export function testAround(node: TSESTree.Node): FunctionNode | undefined {
  for (let around = node.parent; around != null; around = around.parent) {
    if (isFunction(around) && isTestFunction(around)) return around;
  }
  return undefined;
}

/** Also a member of the options: `it('loads', { metadata, async test() { … } })`. */
function isTestFunction(node: FunctionNode): boolean {
  const { parent } = node;
  const isMember = parent?.type === 'Property' && parent.parent.type === 'ObjectExpression';
  const { by, kind } = consumerOf(isMember ? parent.parent : node);
  return kind === 'handed-over' && by.type === 'CallExpression' && RUNNERS.has(rootName(by) ?? '');
}

const SUITES: ReadonlySet<string> = new Set(['context', 'describe', 'suite']);

/**
 * Whether a call hands a test over to be run, with its title: `test('loads', async () => { … })`. Runners
 * that give a promise of it have it themselves.
 */
export function declaresTest(call: TSESTree.Node): boolean {
  if (call.type !== 'CallExpression' || call.arguments.length < 2) return false;
  // `context.test('inner', …)` of node:test is waited for by the test around it.
  if (call.callee.type === 'MemberExpression' && isRunner(propertyName(call.callee))) return false;
  if (!isRunner(rootName(call))) return false;
  return call.arguments.slice(1).some((each) => isFunction(unwrapped(each)));
}

function isRunner(name: string | undefined): boolean {
  return name !== undefined && (RUNNERS.has(name) || SUITES.has(name));
}

/** `it` of `it(…)`, `it.only(…)`, `it.each(rows)(…)`. */
function rootName(call: TSESTree.CallExpression): string | undefined {
  let node = unwrapped(call.callee);
  for (;;) {
    if (node.type === 'MemberExpression') node = unwrapped(node.object);
    else if (node.type === 'CallExpression') node = unwrapped(node.callee);
    else if (node.type === 'TaggedTemplateExpression') node = unwrapped(node.tag);
    else return node.type === 'Identifier' ? node.name : undefined;
  }
}
