// Whether what a call is made of was made with a signal, so that it ends with that one:
//
//   const client = axios.create({ signal });             client.get(url)
//   this.#http = ky.extend({ signal });                  this.#http.get(url), in any method
//   const session = openSession(signal);                 session.load(id)
//   const child = spawn(command, { signal });            once(child, 'close')
//   const { body } = await request(url, { signal });     body.dump()
//   signal.addEventListener('abort', () => worker.terminate());      once(worker, 'exit')
//
// What is awaited had the signal while it was made, and need not keep it: a connection, a row. Only a
// stream ends with the request that gave it.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { valuesOfProperty } from '../../syntax/property-values.js';
import { constantDeclaration, variableOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types, ValueFacts } from '../../types/types.js';
import { isEndedByListener } from './abort-listener.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

export interface TypedSource {
  readonly sourceCode: SourceCode;
  readonly types: Types;
}

/** From name to name, as a person would follow it. */
const DEEPEST = 5;

/** Whether the object of a method, or a stream or an emitter that the call is handed, has a signal. */
export function isMadeWithSignal(call: Call, place: TypedSource): boolean {
  const owner = ownerOf(call);
  if (owner !== undefined && comesWithSignal(owner, place)) return true;
  const given = call.arguments.filter((each) => !isLiteral(unwrapped(each)));
  const facts = place.types.values(given);
  return given.some((each, index) => isLive(facts[index]!) && comesWithSignal(each, place));
}

function comesWithSignal(value: TSESTree.Node, place: TypedSource): boolean {
  let isStream: boolean | undefined;
  const question: Question = {
    ...place,
    isStream: () => (isStream ??= hasMember(place.types.value(value), STREAM)),
  };
  return isMade(value, question, DEEPEST) || isEndedByListener(value, place);
}

interface Question extends TypedSource {
  /** Whether the value that is asked about is a stream. */
  readonly isStream: () => boolean;
}

function isMade(value: TSESTree.Node, question: Question, depth: number): boolean {
  if (depth === 0) return false;
  const node = unwrapped(value);
  switch (node.type) {
    case 'AwaitExpression':
      return isMade(node.argument, question, depth) && question.isStream();
    case 'CallExpression':
    case 'NewExpression': {
      if (isHandedSignal(node, question)) return true;
      const owner = ownerOf(node);
      return owner !== undefined && isMade(owner, question, depth - 1);
    }
    case 'Identifier': {
      const init = initOf(node, question.sourceCode);
      return init !== undefined && isMade(init, question, depth - 1);
    }
    case 'MemberExpression': {
      if (node.object.type !== 'ThisExpression') return isMade(node.object, question, depth - 1);
      const values = valuesOfProperty(propertyName(node) ?? '', question.sourceCode);
      return values.slice(0, MOST_VALUES).some((each) => isMade(each, question, depth - 1));
    }
    default:
      return false;
  }
}

/** `client.responses` of `client.responses.create()`; `http` of `http(url)`, and `this.http` likewise. */
function ownerOf(call: Call): TSESTree.Node | undefined {
  if (call.type === 'NewExpression') return undefined;
  const object = calledMember(call)?.object;
  return object === undefined || object.type === 'ThisExpression' ? call.callee : object;
}

/** What a name was given when it was declared, also one of several: `const { body } = …`. */
function initOf(name: TSESTree.Identifier, sourceCode: SourceCode): TSESTree.Node | undefined {
  const variable = variableOf(name, sourceCode);
  return variable && constantDeclaration(variable)?.init;
}

/** A field that is given more values than this is no client. */
const MOST_VALUES = 10;

/** Each call of a client asks this of what has made it. */
const handed = new WeakMap<Call, boolean>();

function isHandedSignal(call: Call, place: TypedSource): boolean {
  const answer = handed.get(call) ?? call.arguments.some((given) => hasSignalIn(given, place));
  handed.set(call, answer);
  return answer;
}

/** Arguments with more names than this are data. */
const MOST_NAMES = 30;

function hasSignalIn(given: TSESTree.Node, { sourceCode, types }: TypedSource): boolean {
  const names: TSESTree.Node[] = [];
  for (const node of descendants(given, sourceCode, 'own')) {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') continue;
    if (names.push(node) > MOST_NAMES) return false;
  }
  return types
    .values(names)
    .some((value) => value.is('abortSignal') === 'yes' || value.scope === 'yes');
}

const EMITTER = ['on', 'addEventListener'];
const STREAM = ['pipe', 'pipeTo'];

/** What tells of its end by itself: a stream, a child process, a server. */
function isLive(value: ValueFacts): boolean {
  return hasMember(value, EMITTER) || hasMember(value, STREAM);
}

function hasMember(value: ValueFacts, names: readonly string[]): boolean {
  return names.some((name) => value.members(name).length > 0);
}

function isLiteral({ type }: TSESTree.Node): boolean {
  return /^(Array|ArrowFunction|Function|Object)Expression$|Literal$/.test(type);
}
