// What the callees of calls tell, before anything is asked of the calls. A test has thousands of calls
// of `expect`, all of one type; and of `app.get('/', (c) => …)` the checker would have to find out
// which overload it takes, and for that what the function gives.
import type { TSESTree } from '@typescript-eslint/utils';

import { type Call, isCall } from '../../syntax/calls-in.js';
import { isFunction } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import { type SourceCode, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CalleeFacts, CalleePath, CalleeStep, Types } from '../../types/types.js';

/** The calls whose callees may save a question, with what is known of these. */
export function calleeFacts(
  calls: Iterable<Call>,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): ReadonlyMap<Call, CalleeFacts> {
  const asked: Call[] = [];
  const paths: CalleePath[] = [];
  /** By name, the first expression that is of it. */
  const firsts = new Map<unknown, TSESTree.Node>();
  for (const call of new Set(calls)) {
    const path = calleePath(call);
    if (path === undefined) continue;
    const name = fixedName(path.root, sourceCode);
    if (name === undefined && !call.arguments.some(isInline)) continue;
    const root = (name === undefined ? undefined : firsts.get(name)) ?? path.root;
    if (name !== undefined) firsts.set(name, root);
    asked.push(call);
    paths.push({ ...path, root });
  }
  return new Map(types.callees(paths).map((facts, index) => [asked[index]!, facts]));
}

/** Whoever writes more is a program. */
const LONGEST = 16;

/**
 * The steps to what is called, from the last expression before the first call: `app.router`, `get` of
 * `app.router.get('/')`. Of that the code around may know more than is declared:
 *
 *     if (link instanceof Socket) link.close();     // gives a promise, and that of any link gives nothing
 */
function calleePath(call: Call): CalleePath | undefined {
  const steps: CalleeStep[] = [];
  let node: TSESTree.Node = call.callee;
  for (let isCalled = true; steps.length < LONGEST;) {
    node = withoutMark(node);
    if (isCall(node)) {
      steps.push(node.type === 'CallExpression' ? 'call' : 'new');
      node = node.callee;
      isCalled = true;
      continue;
    }
    const name = node.type === 'MemberExpression' ? propertyName(node) : undefined;
    if (name === undefined || !(isCalled || isOfCall(node))) {
      return { root: node, steps: steps.reverse(), isNew: call.type === 'NewExpression' };
    }
    steps.push(member(name));
    node = (node as TSESTree.MemberExpression).object;
    isCalled = false;
  }
  return undefined;
}

/** A type assertion stays: what it says is the type. */
function withoutMark(node: TSESTree.Node): TSESTree.Node {
  return node.type === 'TSNonNullExpression' || node.type === 'ChainExpression'
    ? withoutMark(node.expression)
    : node;
}

/** `a.b` of `f().a.b` is asked of nobody: nothing narrows it. */
function isOfCall(node: TSESTree.Node): boolean {
  let object = node;
  for (let depth = 0; object.type === 'MemberExpression' && depth < LONGEST; depth++) {
    object = withoutMark(object.object);
  }
  return isCall(object);
}

const members = new Map<string, CalleeStep>();

function member(name: string): CalleeStep {
  let step = members.get(name);
  if (step === undefined) {
    step = { member: name };
    members.set(name, step);
  }
  return step;
}

/** A name that has one type wherever it stands: the variable, or of a global its name. */
function fixedName(node: TSESTree.Node, sourceCode: SourceCode): unknown {
  if (node.type !== 'Identifier') return undefined;
  const variable = variableOf(node, sourceCode);
  if (variable === undefined) return node.name;
  const isFixed = variable.defs.every(
    ({ type }) => type === 'ClassName' || type === 'FunctionName' || type === 'ImportBinding',
  );
  return isFixed ? variable : undefined;
}

function isInline(argument: TSESTree.Node): boolean {
  return isFunction(unwrapped(argument));
}
