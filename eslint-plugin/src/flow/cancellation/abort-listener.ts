// Whether a listener of an abort has to do with a value, and so ends it:
//
//   signal.addEventListener('abort', () => worker.terminate(), { once: true });
//   const stop = () => { socket.close(); };     signal.addEventListener('abort', stop);
//   const child = run(command);                 killOnAbort(signal, child);
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction, type FunctionNode } from '../../syntax/enclosing.js';
import { calledMember } from '../../syntax/property-name.js';
import { rootVariable, type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import type { Types, ValueFacts } from '../../types/types.js';

export function isEndedByListener(
  value: TSESTree.Node,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): boolean {
  const variable = rootVariable(value, sourceCode);
  const name = variable?.identifiers[0];
  // `options`, of which a listener reads the signal itself.
  if (variable === undefined || name === undefined || types.value(name).scope !== 'no') {
    return false;
  }
  const answer = ended.get(variable) ?? isUsedByListener(variable, sourceCode);
  ended.set(variable, answer);
  return answer;
}

/** What a call has started, which can be ended, and which the abort or a function with the signal ends. */
export function isResultEnded(
  call: TSESTree.Node,
  result: ValueFacts,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): boolean {
  const { kind, by } = consumerOf(call);
  if (kind !== 'stored' || by.type !== 'VariableDeclarator') return false;
  if (!ENDING.some((name) => result.members(name).length > 0)) return false;
  const [variable] = sourceCode.getDeclaredVariables(by);
  if (variable === undefined) return false;
  if (isUsedByListener(variable, sourceCode)) return true;
  return variable.references.slice(0, MOST_USES).some(({ identifier }) => {
    const taken = consumerOf(identifier);
    if (taken.kind !== 'handed-over' || taken.by.type === 'TaggedTemplateExpression') return false;
    return types.values(taken.by.arguments).some((value) => value.is('abortSignal') === 'yes');
  });
}

const ENDING = ['abort', 'cancel', 'close', 'destroy', 'kill', 'terminate'];

/** A process or a client is not handed on more often than this. */
const MOST_USES = 20;

/** Each call that is handed what a name stands for asks. */
const ended = new WeakMap<Variable, boolean>();

function isUsedByListener({ references }: Variable, sourceCode: SourceCode): boolean {
  const around = new Set(references.map(({ identifier }) => enclosingFunction(identifier)));
  return [...around].some((node) => node !== undefined && isAbortListener(node, sourceCode));
}

function isAbortListener(node: FunctionNode, sourceCode: SourceCode): boolean {
  if (isAdded(node)) return true;
  const holder = node.type === 'FunctionDeclaration' ? node : outermost(node).parent;
  const name = nameHeldIn(holder, sourceCode);
  return name?.references.some(({ identifier }) => isAdded(identifier)) === true;
}

/** `function stop() {}`, `const stop = () => {}`, `stop = () => {}`. */
function nameHeldIn(
  holder: TSESTree.Node | undefined,
  sourceCode: SourceCode,
): Variable | undefined {
  switch (holder?.type) {
    case 'AssignmentExpression':
      return holder.left.type === 'Identifier' ? variableOf(holder.left, sourceCode) : undefined;
    case 'FunctionDeclaration':
    case 'VariableDeclarator':
      return sourceCode.getDeclaredVariables(holder)[0];
    default:
      return undefined;
  }
}

/** The second argument of `addEventListener('abort', …)`. */
function isAdded(listener: TSESTree.Node): boolean {
  const node = outermost(listener);
  const { parent: call } = node;
  if (call?.type !== 'CallExpression' || call.arguments[1] !== node) return false;
  const [event] = call.arguments;
  const isAbort = event?.type === 'Literal' && event.value === 'abort';
  return isAbort && calledMember(call)?.name === 'addEventListener';
}
