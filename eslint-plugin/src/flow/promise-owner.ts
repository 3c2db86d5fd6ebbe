// Whether anybody could ever take a promise out of where it is kept, when that outlives the
// function which puts it there: a field, or a variable of the code around. Who takes it, and when,
// no path can tell; that somebody does is enough.
//
//   this.running = this.loop();                  // somebody does:
//   async stop() { await this.running; }
import type { TSESTree } from '@typescript-eslint/utils';

import { mentionsOfProperty } from '../syntax/property-mentions.js';
import { propertyName } from '../syntax/property-name.js';
import type { SourceCode } from '../syntax/variable.js';
import type { FieldStore, NameStore } from './promise-store.js';
import { isTaken } from './promise-use.js';

export function isNameTaken(
  store: NameStore,
  sourceCode: SourceCode,
  from: (mention: TSESTree.Node) => boolean = () => true,
): boolean {
  return store.variable.references.some((reference) => {
    const mention = reference.identifier as TSESTree.Node;
    if (mention.parent?.type === 'ExportSpecifier') return true;
    if (!reference.isRead() || reference.isTypeReference === true) return false;
    return (
      from(mention) && mention.parent?.type !== 'TSTypeQuery' && isTaken(mention, store, sourceCode)
    );
  });
}

/**
 * A field that its own file never takes may still be for others to await: where the class says so
 * with `readonly`, `protected`, an interface or a base class, and in a class that is exported also
 * where the field always has a promise. `running?: Promise<void>` only keeps one for a while.
 */
export function isFieldTaken(store: FieldStore, sourceCode: SourceCode): boolean {
  const { owner, name } = store;
  if (owner.type !== 'ClassDeclaration' && owner.type !== 'ClassExpression') return true;
  const field = fieldOf(owner, name);
  const isPrivate = name.startsWith('#') || field?.accessibility === 'private';
  if (!isPrivate && (field === undefined || isForOthers(field, owner, sourceCode))) return true;
  const within = isPrivate ? owner : sourceCode.ast;
  return mentionsOfProperty(name, within, sourceCode).some(
    (mention) => mention.type === 'Property' || isTaken(mention, store, sourceCode),
  );
}

type Class = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
type Field = TSESTree.AccessorProperty | TSESTree.PropertyDefinition | TSESTree.TSParameterProperty;

function fieldOf(owner: Class, name: string): Field | undefined {
  return owner.body.body
    .flatMap((member): readonly Field[] => {
      if (member.type === 'MethodDefinition') {
        const { params } = member.value;
        return params.filter((each) => each.type === 'TSParameterProperty');
      }
      return member.type === 'PropertyDefinition' || member.type === 'AccessorProperty'
        ? [member]
        : [];
    })
    .find((field) => nameOf(field) === name);
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
