// A value that is kept, as one that is made each time that it is asked for.
//
//   readonly #signal = AbortSignal.timeout(5_000);    get #signal() { return AbortSignal.timeout(5_000); }
//   const signal = AbortSignal.timeout(5_000);        const signal = () => AbortSignal.timeout(5_000);
//   fetch(url, { signal });                           fetch(url, { signal: signal() });
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { propertyName } from '../syntax/property-name.js';
import type { SourceCode } from '../syntax/variable.js';
import type { Edit } from './edit.js';

/** `home` is the field or the declarator; `undefined` where something else than a read is in sight. */
export function madeWhenUsed(
  home: TSESTree.Node,
  sourceCode: SourceCode,
): readonly Edit[] | undefined {
  if (home.type === 'PropertyDefinition') return asGetter(home, sourceCode);
  return home.type === 'VariableDeclarator' ? asFunction(home, sourceCode) : undefined;
}

function asGetter(
  field: TSESTree.PropertyDefinition,
  sourceCode: SourceCode,
): readonly Edit[] | undefined {
  const { key, value, parent: body } = field;
  const isPrivate = key.type === 'PrivateIdentifier';
  // What a base class has as a field, no class may have as a getter.
  const isPlain = isPrivate || (body.parent.superClass === null && key.type === 'Identifier');
  if (!isPlain || field.computed || value === null || field.decorators.length > 0) {
    return undefined;
  }
  if (field.declare || field.override || field.optional || field.definite) return undefined;
  // What code outside of the class may assign, a getter would not take.
  const isOwn = field.readonly || isPrivate || field.accessibility === 'private';
  if (!isOwn || isAssigned(field, sourceCode)) return undefined;
  const words = [field.accessibility, field.static ? 'static' : undefined, 'get'];
  const head = words.filter((word) => word !== undefined).join(' ');
  const type = field.typeAnnotation ? sourceCode.getText(field.typeAnnotation) : '';
  const name = sourceCode.getText(key);
  const text = `${head} ${name}()${type} { return ${sourceCode.getText(value)}; }`;
  return [{ range: field.range, text }];
}

/** `this.signal = …`, also in another object of the class. */
function isAssigned(field: TSESTree.PropertyDefinition, sourceCode: SourceCode): boolean {
  if (field.readonly) return false;
  const known = assigned.get(field.parent) ?? assignedIn(field.parent, sourceCode);
  assigned.set(field.parent, known);
  return known.has(propertyName(field));
}

/** Each field of a class asks for the members that its code assigns. */
const assigned = new WeakMap<TSESTree.ClassBody, ReadonlySet<string | undefined>>();

function assignedIn(
  body: TSESTree.ClassBody,
  sourceCode: SourceCode,
): ReadonlySet<string | undefined> {
  const names = new Set<string | undefined>();
  for (const node of descendants(body, sourceCode)) {
    const target = node.type === 'AssignmentExpression' ? node.left : undefined;
    if (target?.type === 'MemberExpression') names.add(propertyName(target));
  }
  return names;
}

function asFunction(
  declarator: TSESTree.VariableDeclarator,
  sourceCode: SourceCode,
): readonly Edit[] | undefined {
  const { id, init, parent: declaration } = declarator;
  if (id.type !== 'Identifier' || id.typeAnnotation || init === null) return undefined;
  if (declaration.parent.type === 'ExportNamedDeclaration') return undefined;
  const [variable] = sourceCode.getDeclaredVariables(declarator);
  const uses = variable?.references.filter((reference) => reference.init !== true) ?? [];
  const reads: Edit[] = [];
  for (const use of uses) {
    const name = use.identifier as TSESTree.Node;
    const parent = name.parent!;
    const isType =
      use.isTypeReference === true || /^(TSTypeQuery|ExportSpecifier)$/.test(parent.type);
    if (!use.isRead() || use.isWrite() || isType) return undefined;
    const isShorthand = parent.type === 'Property' && parent.shorthand;
    const text = isShorthand ? `${id.name}: ${id.name}()` : `${id.name}()`;
    reads.push({ range: name.range, text });
  }
  const value = sourceCode.getText(init);
  const body = init.type === 'ObjectExpression' ? `(${value})` : value;
  return [{ range: init.range, text: `() => ${body}` }, ...reads];
}
