// Who could ever take a promise out of where it is kept, when that outlives the function which puts
// it there: a field, or a variable of the code around.
//
//   this.running = this.loop();
//   async stop() { await this.running; }        // somebody does
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, type RunNode } from '../../syntax/enclosing.js';
import { mentionsOfProperty, readsByComputedName } from '../../syntax/property-mentions.js';
import { propertyName } from '../../syntax/property-name.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import type { FieldStore, Holding, NameStore } from './promise-store.js';
import { couldTake, isTaken } from './promise-use.js';

/** Where a promise's place is read, and where the promise is taken out of it; in the text's order. */
export interface Mentions {
  readonly all: readonly TSESTree.Node[];
  readonly taken: readonly TSESTree.Node[];
  /** One that awaits them one after the other is somebody too, if late. */
  readonly takers: readonly TSESTree.Node[];
  /** The runs that the takers, and those that take at once, are in. */
  readonly runsOfTakers: ReadonlySet<RunNode>;
  readonly runsOfTaken: ReadonlySet<RunNode>;
}

const EXPORTS: ReadonlySet<string> = new Set([
  'ExportDefaultDeclaration',
  'ExportSpecifier',
  'TSExportAssignment',
]);

/** `undefined` for a name that the module exports. */
export function mentionsOfName(store: NameStore, sourceCode: SourceCode): Mentions | undefined {
  const { isContainer, part, variable } = store;
  const ofVariable = mentions.get(variable) ?? new Map<string, Mentions | undefined>();
  mentions.set(variable, ofVariable);
  const key = `${isContainer} ${part}`;
  if (!ofVariable.has(key)) ofVariable.set(key, findMentions(store, sourceCode));
  return ofVariable.get(key);
}

/** By what a name holds, and in which part of it: each promise that is put into it asks. */
const mentions = new WeakMap<Variable, Map<string, Mentions | undefined>>();

function findMentions(store: NameStore, sourceCode: SourceCode): Mentions | undefined {
  const { variable } = store;
  if (!reads.has(variable)) reads.set(variable, findReads(variable));
  const all = reads.get(variable);
  return all && mentionsIn(all, store, (name) => isTaken(name, store, sourceCode));
}

const reads = new WeakMap<Variable, readonly TSESTree.Node[] | undefined>();

function findReads({ references }: Variable): readonly TSESTree.Node[] | undefined {
  const names = references.map(({ identifier }) => identifier as TSESTree.Node);
  if (names.some(({ parent }) => parent && EXPORTS.has(parent.type))) return undefined;
  return references
    .filter((reference) => reference.isRead() && reference.isTypeReference !== true)
    .map(({ identifier }) => identifier as TSESTree.Node)
    .filter(({ parent }) => parent?.type !== 'TSTypeQuery')
    .sort((a, b) => a.range[0] - b.range[0]);
}

/**
 * `undefined` for a field that is there for others to await: where the class says so with
 * `readonly`, `protected`, an interface or a base class, and in a class that is exported also where
 * the field always has a promise. `running?: Promise<void>` only keeps one for a while.
 */
export function mentionsOfField(store: FieldStore, sourceCode: SourceCode): Mentions | undefined {
  const { isContainer, name, owner, part } = store;
  const ofOwner = fieldMentions.get(owner) ?? new Map<string, Mentions | undefined>();
  fieldMentions.set(owner, ofOwner);
  const key = `${isContainer} ${part} ${name}`;
  if (!ofOwner.has(key)) ofOwner.set(key, findMentionsOfField(store, sourceCode));
  return ofOwner.get(key);
}

const fieldMentions = new WeakMap<TSESTree.Node, Map<string, Mentions | undefined>>();

function findMentionsOfField(store: FieldStore, sourceCode: SourceCode): Mentions | undefined {
  const { owner, name } = store;
  if (owner.type !== 'ClassDeclaration' && owner.type !== 'ClassExpression') return undefined;
  const field = fieldsOf(owner).get(name);
  const isPrivate = name.startsWith('#') || field?.accessibility === 'private';
  if (!isPrivate && (field === undefined || isForOthers(field, owner, sourceCode))) {
    return undefined;
  }
  if (!name.startsWith('#') && readsByComputedName(owner, sourceCode)) return undefined;
  const all = mentionsOfProperty(name, isPrivate ? owner : sourceCode.ast, sourceCode);
  return mentionsIn(
    all,
    store,
    (mention) => mention.type === 'Property' || isTaken(mention, store, sourceCode),
  );
}

function mentionsIn(
  all: readonly TSESTree.Node[],
  { part }: Holding,
  isTaker: (read: TSESTree.Node) => boolean,
): Mentions {
  const reads = couldTake(all, part, (read) => read);
  const taken = reads.filter(isTaker);
  const takers = reads.filter((read) => isTaker(read) || isGoneThrough(read));
  return {
    all,
    taken,
    takers,
    runsOfTakers: new Set(takers.map(enclosingRun)),
    runsOfTaken: new Set(taken.map(enclosingRun)),
  };
}

/** `for (const task of tasks) await task;` */
function isGoneThrough(mention: TSESTree.Node): boolean {
  const { by } = consumerOf(mention);
  return by.type === 'ForOfStatement';
}

type Class = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
type Field = TSESTree.AccessorProperty | TSESTree.PropertyDefinition | TSESTree.TSParameterProperty;

const fields = new WeakMap<Class, ReadonlyMap<string, Field>>();

/** The fields of a class by their names; of two of one name the first. */
function fieldsOf(owner: Class): ReadonlyMap<string, Field> {
  const known = fields.get(owner);
  if (known !== undefined) return known;
  const all = owner.body.body.flatMap((member): readonly Field[] => {
    if (member.type === 'MethodDefinition') {
      const { params } = member.value;
      return params.filter((each) => each.type === 'TSParameterProperty');
    }
    return member.type === 'PropertyDefinition' || member.type === 'AccessorProperty'
      ? [member]
      : [];
  });
  const named = all.flatMap((field) => {
    const name = nameOf(field);
    return name === undefined ? [] : [[name, field] as const];
  });
  const found = new Map(named.reverse());
  fields.set(owner, found);
  return found;
}

function nameOf(field: Field): string | undefined {
  if (field.type !== 'TSParameterProperty') return propertyName(field);
  const { parameter } = field;
  const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return name.type === 'Identifier' ? name.name : undefined;
}

function isForOthers(field: Field, owner: Class, sourceCode: SourceCode): boolean {
  if (field.readonly || field.override || field.accessibility === 'protected') return true;
  return owner.implements.length > 0 || (isExported(owner, sourceCode) && !isOptional(field));
}

/** A class without a name of its own may be anybody's. */
function isExported(owner: Class, sourceCode: SourceCode): boolean {
  if (owner.type === 'ClassExpression' || owner.parent.type.startsWith('Export')) return true;
  return sourceCode
    .getDeclaredVariables(owner)
    .flatMap(({ references }) => references)
    .some(({ identifier }) => /Export/.test(identifier.parent.type));
}

/** `p?: Promise<void>`, `p: Promise<void> | undefined`. */
function isOptional(field: Field): boolean {
  if (field.type === 'TSParameterProperty') return field.parameter.optional === true;
  const type = field.typeAnnotation?.typeAnnotation;
  const parts = type?.type === 'TSUnionType' ? type.types : [];
  return (
    field.optional ||
    parts.some((part) => part.type === 'TSUndefinedKeyword' || part.type === 'TSNullKeyword')
  );
}
