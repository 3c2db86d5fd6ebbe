// The timeout to write instead of a race of work against a timer.
//
//   Promise.race([fetch(url), rejectAfter(100)])
//   timeout(100, (deadline) => fetch(url, { signal: deadline.signal }))
//
//   Promise.race([running, rejectAfter(100)])
//   timeout(100, (deadline) => abandonOnCancel(running, deadline))
//
// Only a timer that rejects has such a form: where one that resolves wins, the code goes on.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { RaceWithTimer } from '../flow/promises/race-with-timer.js';
import { calleeText } from '../syntax/callee-text.js';
import { descendants } from '../syntax/descendants.js';
import { isInside } from '../syntax/enclosing.js';
import { scopeText } from '../syntax/scope-text.js';
import type { SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import type { Types } from '../types/types.js';
import { MEMBER, PLATFORM, RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { handSignal } from './hand-signal.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

export interface TimeoutInstead {
  /** The call that is handed the signal; `undefined` when the work is abandoned. */
  readonly call: string | undefined;
  readonly fix: TSESLint.ReportFixFunction;
}

export function timeoutInstead(
  { race, timer, work }: RaceWithTimer,
  place: Place,
): TimeoutInstead | undefined {
  const { sourceCode, types } = place;
  const { delay, rejects, isInline } = timer;
  if (work === undefined || delay === undefined || !rejects || !isInline) return undefined;
  if (race.arguments.length !== 1 || race.typeArguments) return undefined;
  const node = unwrapped(work);
  const isPlain = ['CallExpression', 'Identifier', 'MemberExpression'].includes(node.type);
  if (!isPlain || hasOwn('YieldExpression', work, sourceCode)) return undefined;
  if (isToldByItsClass(race, work, sourceCode)) return undefined;
  const call = node.type === 'CallExpression' ? node : undefined;
  const scope = scopeName(race, sourceCode);
  const edit = call && editOf(call, scope, sourceCode, types);
  const parent = edit?.replaced && parentOf(edit.replaced, sourceCode);
  if (edit?.replaced !== undefined && parent === undefined) return undefined;
  const wanted = edit ? [RUNTIME.timeout] : [RUNTIME.timeout, RUNTIME.abandonOnCancel];
  const runtime = runtimeNames(wanted, race, place);
  if (runtime === undefined) return undefined;
  const { names, edits } = runtime;
  const body = edit
    ? textWith(edit, node, sourceCode)
    : `${names[1]}(${sourceCode.getText(work)}, ${scope})`;
  const head = hasOwn('AwaitExpression', work, sourceCode) ? 'async ' : '';
  const rest = parent === undefined ? '' : `, ${parent}`;
  const text = `${names[0]}(${sourceCode.getText(delay)}, ${head}(${scope}) => ${body}${rest})`;
  return {
    call: edit && calleeText(call, sourceCode),
    fix: (fixer) => [
      fixer.replaceText(race, text),
      ...edits.map(({ range, text }) => fixer.replaceTextRange([...range], text)),
    ],
  };
}

/** `rejectWith(new LateError(), 750)`: somebody may tell it by its class, here or in another file. */
function isToldByItsClass(
  race: TSESTree.CallExpression,
  work: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  const made = [...descendants(race, sourceCode)].flatMap((node) =>
    node.type === 'NewExpression' && node.callee.type === 'Identifier' && !isInside(node, work)
      ? [node.callee.name]
      : [],
  );
  return made.some((name) => !PLAIN_ERRORS.has(name));
}

/** What says nothing but that it was too late, and what `new Promise` makes. */
const PLAIN_ERRORS: ReadonlySet<string> = new Set(['Error', PLATFORM.promise, 'TimeoutError']);

/** How the work is handed the signal, where types tell that it takes one. */
function editOf(
  call: TSESTree.CallExpression,
  scope: string,
  sourceCode: SourceCode,
  types: Types | undefined,
): Edit | undefined {
  const facts = types?.call(call);
  const { signal } = scopeText(scope);
  return facts && handSignal(call, facts.signalSlots, { signal }, sourceCode);
}

/** The signal that the work had before is the parent of the deadline. */
function parentOf(signal: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  if (signal.type !== 'Identifier' && signal.type !== 'MemberExpression') return undefined;
  const text = sourceCode.getText(signal);
  return text === MEMBER.signal ? `{ ${text} }` : `{ ${MEMBER.signal}: ${text} }`;
}

function textWith({ range, text }: Edit, node: TSESTree.Node, sourceCode: SourceCode): string {
  const [start] = node.range;
  const before = sourceCode.getText(node);
  return before.slice(0, range[0] - start) + text + before.slice(range[1] - start);
}

function scopeName(race: TSESTree.Node, sourceCode: SourceCode): string {
  return /\bdeadline\b/.test(sourceCode.getText(race)) ? 'scope' : 'deadline';
}

function hasOwn(type: string, work: TSESTree.Node, sourceCode: SourceCode): boolean {
  return [...descendants(work, sourceCode, 'own')].some((node) => node.type === type);
}
