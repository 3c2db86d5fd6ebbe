// The function of a task that does what an expression does, or what a callback does for an item. The
// calls in it that take a signal are handed that of the task.
//
//   load(id)                    () => load(id)
//   fetch(url)                  ({ signal }) => fetch(url, { signal })
//   fetch(url, { signal })      ({ signal }) => fetch(url, { signal }), in a group that is given the outer one
//   (id) => fetch(urlOf(id))    (id, { signal }) => fetch(urlOf(id), { signal })
import type { TSESTree } from '@typescript-eslint/utils';

import { handedSignals } from '../flow/cancellation/handed-signals.js';
import { isLetGo, isStoppable } from '../flow/cancellation/taking-calls.js';
import { isUnsignalled } from '../flow/cancellation/unsignalled-call.js';
import { groupAround } from '../flow/scopes/group-around.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import { type ScopeAtHand, scopesAtHand } from '../flow/scopes/scopes-at-hand.js';
import { ownCallsIn } from '../syntax/calls-in.js';
import { descendants } from '../syntax/descendants.js';
import { isFunction } from '../syntax/enclosing.js';
import { isRuntimeCall } from '../syntax/mooring-reference.js';
import { scopeText, type ScopeText } from '../syntax/scope-text.js';
import { MEMBER } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { handOther } from './hand-other-signal.js';
import { handSignal } from './hand-signal.js';
import type { Place } from './place.js';

/** The scope that the group of the tasks is to follow: a group that is open here, or what is at hand. */
export function parentScope(node: TSESTree.Node, place: Place): ScopeAtHand | undefined {
  const group = groupAround(node, place);
  if (group !== undefined) return { scope: group, signal: `${group}.${MEMBER.signal}` };
  const [nearest] = place.types ? scopesAtHand(node, place, place.types) : [];
  return nearest;
}

export interface TaskText {
  /** What the function takes for its scope; nothing where none of its calls takes a signal. */
  readonly parameter: string | undefined;
  /** The text of the code. */
  readonly body: string;
}

/** The text of some code as that of a task, whose group follows `parent`. */
export function asTask(
  code: TSESTree.Node,
  parent: ScopeAtHand | undefined,
  place: Place,
): TaskText {
  const { sourceCode } = place;
  const text = sourceCode.getText(code);
  const bag = editsOf(code, { signal: MEMBER.signal }, parent, place);
  if (bag.length === 0) return { parameter: undefined, body: text };
  if (!isTaken(MEMBER.signal, code, bag, place)) {
    return { parameter: `{ ${MEMBER.signal} }`, body: applied(bag, code, text) };
  }
  const name = NAMES.find((each) => !isTaken(each, code, [], place));
  if (name === undefined) return { parameter: undefined, body: text };
  return {
    parameter: name,
    body: applied(editsOf(code, scopeText(name), parent, place), code, text),
  };
}

const NAMES = ['context', 'scope', 'task'];

function editsOf(
  code: TSESTree.Node,
  scope: ScopeText,
  parent: ScopeAtHand | undefined,
  place: Place,
): readonly Edit[] {
  const { types, sourceCode } = place;
  if (types === undefined) return [];
  const calls = ownCallsIn(isFunction(code) ? code.body : code, sourceCode);
  const facts = types.calls(calls);
  const scopes = openScopes(place);
  const edits = calls.flatMap((call, index): readonly Edit[] => {
    const { signalSlots: slots, result } = facts[index]!;
    if (slots.length === 0 || isLetGo(call) || !isStoppable(call, result)) return [];
    if (facts[index]!.matches(place.settings.uncancelledCalls)) return [];
    const own = isRuntimeCall(call, place) ? scope : { signal: scope.signal };
    if (isUnsignalled(call, slots, { sourceCode, types })) {
      return listOf(handSignal(call, slots, own, sourceCode));
    }
    const handed = handedSignals(call, facts[index]!, { sourceCode, types, scopes });
    const outer = handed.find(({ value }) => isSame(sourceCode.getText(value), parent));
    return listOf(outer && handOther(call, outer, own, sourceCode));
  });
  return edits.filter((edit, index) =>
    edits.slice(0, index).every((other) => !overlap(other, edit)),
  );
}

function listOf(edit: Edit | undefined): readonly Edit[] {
  return edit === undefined ? [] : [edit];
}

function isSame(text: string, parent: ScopeAtHand | undefined): boolean {
  return parent !== undefined && (text === parent.signal || text === parent.scope);
}

function overlap({ range: [from, to] }: Edit, { range: [start, end] }: Edit): boolean {
  return from === start || (from < end && start < to);
}

/** Whether a name means something in code that is not replaced. */
function isTaken(
  name: string,
  code: TSESTree.Node,
  edits: readonly Edit[],
  { sourceCode }: Place,
): boolean {
  for (const node of descendants(code, sourceCode)) {
    if (node.type !== 'Identifier' || node.name !== name || isKey(node)) continue;
    if (!edits.some(({ range }) => range[0] <= node.range[0] && node.range[1] <= range[1])) {
      return true;
    }
  }
  return false;
}

function isKey(name: TSESTree.Identifier): boolean {
  const { parent } = name;
  if (parent.type === 'MemberExpression') return parent.property === name && !parent.computed;
  return parent.type === 'Property' && parent.key === name && !parent.shorthand;
}

function applied(edits: readonly Edit[], { range }: TSESTree.Node, text: string): string {
  let written = text;
  for (const edit of [...edits].sort((a, b) => b.range[0] - a.range[0])) {
    const [from, to] = edit.range.map((at) => at - range[0]);
    written = written.slice(0, from) + edit.text + written.slice(to);
  }
  return written;
}
