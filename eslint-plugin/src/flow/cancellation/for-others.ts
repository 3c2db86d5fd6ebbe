// Calls whose work is not that of the code around them alone, so that its signal is not to end it:
//
//   cache.set(key, load(key))                 whoever asks next shares the promise
//   const page = load(key); pages[key] = page;
//   await writeFile(path, text)               half a file is worse than one that is late
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { calledMember, calledName } from '../../syntax/property-name.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import { resolved, type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { CallFacts } from '../../types/types.js';

/** Whether the promise of a call is kept where others find it. */
export function isShared(promise: TSESTree.Node, sourceCode: SourceCode): boolean {
  let taken = consumerOf(promise);
  while (taken.kind === 'chained') taken = consumerOf(taken.by);
  if (taken.kind === 'handed-over') return isKeeping(taken.by);
  if (taken.kind !== 'stored') return false;
  const name = targetOf(taken.by);
  if (name === undefined) return false;
  if (name.type === 'MemberExpression') return true;
  const variable = name.type === 'Identifier' ? variableOf(name, sourceCode) : undefined;
  return variable !== undefined && isVariableShared(variable, promise);
}

function targetOf(by: TSESTree.Node): TSESTree.Node | undefined {
  if (by.type === 'VariableDeclarator') return by.id;
  return by.type === 'AssignmentExpression' ? unwrapped(by.left) : undefined;
}

function isVariableShared(variable: Variable, promise: TSESTree.Node): boolean {
  const [name] = variable.identifiers;
  if (name !== undefined && !isInside(name, enclosingRun(promise))) return true;
  const answer = kept.get(variable) ?? isKept(variable);
  kept.set(variable, answer);
  return answer;
}

/** Each call whose promise a variable gets asks. */
const kept = new WeakMap<Variable, boolean>();

function isKept({ references }: Variable): boolean {
  return references.some(({ identifier }) => {
    const taken = consumerOf(identifier);
    if (taken.kind === 'handed-over') return isKeeping(taken.by);
    if (taken.kind !== 'stored' || taken.by.type !== 'AssignmentExpression') return false;
    return unwrapped(taken.by.left).type === 'MemberExpression' && taken.by.right === identifier;
  });
}

/** `cache.set(key, promise)`. */
function isKeeping(call: TSESTree.Node): boolean {
  return calledMember(call)?.name === 'set';
}

/** Whether a call is one side of a race whose other side the signal decides: `race([next(), aborted])`. */
export function isRacedWithAbort(
  call: TSESTree.Node,
  signal: Variable | undefined,
  sourceCode: SourceCode,
): boolean {
  const list = outermost(call).parent;
  if (signal === undefined || list?.type !== 'ArrayExpression') return false;
  if (calledName(outermost(list).parent!) !== 'race') return false;
  return list.elements.some((element) => {
    if (element === null || element === outermost(call)) return false;
    const made = resolved(element, sourceCode);
    return signal.references.some(({ identifier }) => isInside(identifier, made));
  });
}

/** Whether all that is left of a wait that the signal ends is a timer: `raceSignal(delay(ms), signal)`. */
export function isTimerOfWait(call: TSESTree.Node, signal: Variable | undefined): boolean {
  const wait = outermost(call).parent;
  if (signal === undefined || wait?.type !== 'CallExpression') return false;
  if (!/^(delay|setTimeout|sleep|wait)$/.test(calledName(call) ?? '')) return false;
  return wait.arguments.some(
    (given) =>
      given !== outermost(call) &&
      signal.references.some(({ identifier }) => isInside(identifier, given)),
  );
}

/** The functions of Node that put a text into a file. */
export function isWriteOfFile({ origin }: CallFacts): boolean {
  return origin?.from === 'lib' && /^(appendFile|writeFile)$/.test(origin.name);
}
