// Calls of libraries that own what they give, by the table of `libraries/`. A callee is known by
// where it is declared: by itself, as a member of what it was taken from, or by its type.
//
//   queryClient.invalidateQueries({ queryKey });            // the class of the method
//   const { refetch } = useQuery(options); refetch();       // the type that has the property
//   const navigate = useNavigate(); navigate('/');          // the type of the function
import type { TSESTree } from '@typescript-eslint/utils';

import type { Fact, LibraryRow } from '../../libraries/row.js';
import { rowsNamed, rowsOfFact, rowsWithMembers, rowsWithTypes } from '../../libraries/table.js';
import type { ReportsOption } from '../../reports-option.js';
import { consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction, isFunction } from '../../syntax/enclosing.js';
import { pathInPattern } from '../../syntax/external-name.js';
import { propertyName } from '../../syntax/property-name.js';
import {
  constantDeclaration,
  functionOf,
  type SourceCode,
  variableOf,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isFromPackage } from '../../types/origin.js';
import type { CallNode, Origin, Types, ValueFacts } from '../../types/types.js';

interface Typed {
  readonly types: Types;
  readonly sourceCode: SourceCode;
}

interface Asking extends ReportsOption, Typed {}

/** Whether a library owns the promise that a call gives. */
export function isOwnedByLibrary(call: CallNode, asking: Asking): boolean {
  const rows = [...rowsOfCall(call, 'result', asking), ...rowsOfResult(call, asking)];
  if (rows.some((row) => isSilent(row, asking) && !isExcepted(row, call, asking))) return true;
  return isInZone(call, asking);
}

/** `db.version(2).upgrade((tx) => { tx.table('a').clear(); })`: the library waits for what is its own. */
function isInZone(call: CallNode, asking: Asking): boolean {
  const origin = asking.types.call(call).origin;
  if (origin === undefined || !ZONED.some((row) => isFromOneOf(origin, row))) return false;
  for (let around = enclosingFunction(call); around; around = enclosingFunction(around)) {
    const { by, kind } = consumerOf(around);
    if (kind !== 'handed-over') continue;
    const rows = rowsOfCall(by, 'zone', asking);
    if (rows.some((row) => isSilent(row, asking) && isFromOneOf(origin, row))) return true;
  }
  return false;
}

const ZONED = rowsOfFact('zone');

/** Whether a library has taken the error out of the promise that a call gives: it never rejects. */
export function isWithoutError(call: CallNode, typed: Typed): boolean {
  const rows = [...rowsOfCall(call, 'result', typed), ...rowsOfResult(call, typed)];
  return rows.some((row) => row.swallows === true && !isExcepted(row, call, typed));
}

/** Whether a library looks at what a function gives that the call is handed. */
export function looksAtCallbacks(call: CallNode, asking: Asking): boolean {
  return rowsOfCall(call, 'callback', asking).some((row) => isSilent(row, asking));
}

/** Whether a function is one of a library that handles its own errors. */
export function isMadeByLibrary(made: TSESTree.Node, asking: Asking): boolean {
  const call = unwrapped(made);
  if (call.type !== 'CallExpression') return false;
  return rowsOfCall(call, 'made', asking).some((row) => isSilent(row, asking));
}

/** Whether a library is known to drop what a listener gives, where its type says `any`. */
export function dropsListeners(call: CallNode, asking: Asking): boolean {
  if (asking.reports === 'mistakes') return false;
  return rowsOfCall(call, 'listener', asking).length > 0;
}

/** Whether all that a function gives is owned by a library: `() => refetch()`, `refetch`. */
export function givesOwned(callback: TSESTree.Node, asking: Asking): boolean {
  const value = unwrapped(callback);
  if (!isFunction(value)) return isOwnedFunction(value, asking);
  if (value.async || value.body.type === 'BlockStatement') return false;
  const given = unwrapped(value.body);
  return given.type === 'CallExpression' && isOwnedByLibrary(given, asking);
}

function isOwnedFunction(value: TSESTree.Node, asking: Asking): boolean {
  const rows = rowsOfCallee(value, 'result', asking);
  return rows.some(
    (row) => isSilent(row, asking) && (row.unless === undefined || 'option' in row.unless),
  );
}

function isSilent({ step }: LibraryRow, { reports }: Asking): boolean {
  return step === 'all' || reports === 'mistakes';
}

function rowsOfCall(call: CallNode, fact: Fact, asking: Typed): readonly LibraryRow[] {
  const callee = unwrapped(call.type === 'TaggedTemplateExpression' ? call.tag : call.callee);
  const origin = asking.types.call(call).origin;
  const named = origin ? rowsOfOrigin(origin, fact) : [];
  return named.length > 0 ? named : rowsOfCallee(callee, fact, asking);
}

function rowsOfCallee(callee: TSESTree.Node, fact: Fact, asking: Typed): readonly LibraryRow[] {
  const origin = memberOrigin(callee, asking);
  const named = origin ? rowsOfOrigin(origin, fact) : [];
  if (named.length > 0) return named;
  if (rowsWithTypes(fact).length === 0 || functionOf(callee, asking.sourceCode) !== undefined) {
    return [];
  }
  return rowsOfType(asking.types.value(callee), fact);
}

/** Many callees have one type. */
const known = new WeakMap<ValueFacts, Map<Fact, readonly LibraryRow[]>>();

function rowsOfType(value: ValueFacts, fact: Fact): readonly LibraryRow[] {
  const ofValue = known.get(value) ?? new Map<Fact, readonly LibraryRow[]>();
  known.set(value, ofValue);
  const rows =
    ofValue.get(fact) ??
    rowsWithTypes(fact).filter(({ packages, types = [] }) =>
      value.matches(packages.map((name) => ({ from: 'package', package: name, name: types }))),
    );
  ofValue.set(fact, rows);
  return rows;
}

function rowsOfOrigin(origin: Origin, fact: Fact): readonly LibraryRow[] {
  // Tools that bundle declarations tell namesakes apart: `class QueryClient$1`.
  const owners = origin.parents.map((name) => name.replace(/\$\d+$/, ''));
  return rowsNamed(origin.name, fact).filter(
    ({ of, ...row }) =>
      isFromOneOf(origin, row) && (of === undefined || of.some((each) => owners.includes(each))),
  );
}

function isFromOneOf(origin: Origin, { packages }: Pick<LibraryRow, 'packages'>): boolean {
  return packages.some((name) => isFromPackage(origin, name));
}

/** The promise itself says whose it is: `dispatch(thunk())`. */
function rowsOfResult(call: CallNode, { types }: Typed): readonly LibraryRow[] {
  const { result } = types.call(call);
  return rowsWithMembers('result').filter((row) =>
    row.members!.some((name) => {
      const origin = result.memberOrigin(name);
      return origin !== undefined && isFromOneOf(origin, row);
    }),
  );
}

/** Where a function is declared that stands as `x.refetch`, or was taken out of a pattern. */
function memberOrigin(callee: TSESTree.Node, { sourceCode, types }: Typed): Origin | undefined {
  const taken = takenFrom(callee, sourceCode);
  if (taken === undefined || !isKnownName(taken.name)) return undefined;
  return types.value(taken.object).memberOrigin(taken.name);
}

function takenFrom(
  callee: TSESTree.Node,
  sourceCode: SourceCode,
): { readonly object: TSESTree.Node; readonly name: string } | undefined {
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee);
    return name === undefined ? undefined : { object: callee.object, name };
  }
  const variable = callee.type === 'Identifier' ? variableOf(callee, sourceCode) : undefined;
  const declared = variable && constantDeclaration(variable);
  if (declared === undefined) return undefined;
  const [name, ...rest] = pathInPattern(declared.id, variable!.name) ?? [];
  return name === undefined || rest.length > 0 ? undefined : { object: declared.init, name };
}

function isKnownName(name: string): boolean {
  return rowsNamed(name, 'result').length > 0 || rowsNamed(name, 'made').length > 0;
}

function isExcepted({ unless }: LibraryRow, call: CallNode, asking: Typed): boolean {
  if (unless === undefined || call.type === 'TaggedTemplateExpression') return false;
  const { arguments: given } = call;
  if ('argumentsOver' in unless) return given.length > unless.argumentsOver;
  if ('option' in unless) {
    return given.some((argument) => hasOption(argument, unless.option));
  }
  return given.some((argument) => givesPromise(argument, asking));
}

function givesPromise(callback: TSESTree.Node, { sourceCode, types }: Typed): boolean {
  if (functionOf(callback, sourceCode)?.async === true) return true;
  return types.value(callback).returns.some(({ promise }) => promise === 'yes');
}

function hasOption(argument: TSESTree.Node, name: string): boolean {
  const options = unwrapped(argument);
  if (options.type !== 'ObjectExpression') return false;
  return options.properties.some((each) => each.type === 'Property' && propertyName(each) === name);
}
