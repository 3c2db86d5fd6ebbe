// Where a name of this file comes from: an import, a `require`, the platform, or the file itself.
// Followed are: named, renamed, default and namespace imports, `import x = require()`, CommonJS
// `require`, `await import()`, constant aliases (`const G = mooring.TaskGroup`), destructuring of
// any of these, members of a namespace, and `globalThis.x`.
import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from './property-name.js';
import { isReassigned, onlyDefinition, type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/**
 * - `package`, with the module's specifier: imported from a package; `path` leads to the export
 * - `file`: imported from a path (`module` is the specifier), or declared here (no `module`)
 * - `lib`: a global that no line of the file declares
 *
 * `path` of `import * as m from 'mooring'; m.TaskGroup.run` is `['TaskGroup', 'run']`. A default
 * import stands for the whole module, as it does for CommonJS: it adds nothing to the path.
 */
export interface ExternalName {
  readonly from: 'file' | 'lib' | 'package';
  readonly module: string | undefined;
  readonly path: readonly string[];
}

/** Longer chains of aliases do not occur; circular ones do (`const a = b, b = a`). */
const MOST_HOPS = 10;

const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['global', 'globalThis', 'self', 'window']);

/** The origin of an expression that is a name or a member of one, or of a type's name. */
export function externalName(
  expression: TSESTree.Node,
  sourceCode: SourceCode,
): ExternalName | undefined {
  return resolve(expression, sourceCode, MOST_HOPS);
}

function resolve(
  expression: TSESTree.Node,
  sourceCode: SourceCode,
  hops: number,
): ExternalName | undefined {
  if (hops === 0) return undefined;
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Identifier':
      return resolveIdentifier(node, sourceCode, hops - 1);
    case 'MemberExpression':
      return memberOf(resolve(node.object, sourceCode, hops), propertyName(node));
    case 'TSQualifiedName':
      return memberOf(resolve(node.left, sourceCode, hops), node.right.name);
    case 'AwaitExpression':
      return node.argument.type === 'ImportExpression' ? moduleOf(node.argument.source) : undefined;
    case 'CallExpression':
      return isRequire(node, sourceCode) ? moduleOf(node.arguments[0]) : undefined;
    case 'TSExternalModuleReference':
      return moduleOf(node.expression);
    default:
      return undefined;
  }
}

function resolveIdentifier(
  node: TSESTree.Identifier,
  sourceCode: SourceCode,
  hops: number,
): ExternalName | undefined {
  const variable = variableOf(node, sourceCode);
  if (variable === undefined || variable.defs.length === 0) {
    return { from: 'lib', module: undefined, path: [node.name] };
  }
  const declaration = onlyDefinition(variable)?.node;
  const here: ExternalName = { from: 'file', module: undefined, path: [node.name] };
  switch (declaration?.type) {
    case 'ImportSpecifier':
      return memberOf(moduleOf(importSource(declaration)), importedName(declaration));
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return moduleOf(importSource(declaration));
    case 'TSImportEqualsDeclaration':
      return resolve(declaration.moduleReference, sourceCode, hops) ?? here;
    case 'VariableDeclarator': {
      if (declaration.init === null || isReassigned(variable)) return here;
      const path = pathInPattern(declaration.id, node.name);
      const origin = path && resolve(declaration.init, sourceCode, hops);
      return origin ? path.reduce<ExternalName | undefined>(memberOf, origin) : here;
    }
    default:
      return here;
  }
}

function memberOf(
  owner: ExternalName | undefined,
  name: string | undefined,
): ExternalName | undefined {
  if (owner === undefined || name === undefined) return undefined;
  const { from, path } = owner;
  if (from === 'lib' && path.length === 1 && GLOBAL_OBJECTS.has(path[0] ?? '')) {
    return { ...owner, path: [name] };
  }
  if (name === 'default' && path.length === 0) return owner;
  return { ...owner, path: [...path, name] };
}

function moduleOf(specifier: TSESTree.Node | undefined): ExternalName | undefined {
  if (specifier?.type !== 'Literal' || typeof specifier.value !== 'string') return undefined;
  const module = specifier.value;
  return { from: /^[./]/.test(module) ? 'file' : 'package', module, path: [] };
}

function importSource(specifier: TSESTree.ImportClause): TSESTree.Node | undefined {
  return specifier.parent.type === 'ImportDeclaration' ? specifier.parent.source : undefined;
}

function importedName(specifier: TSESTree.ImportSpecifier): string {
  const { imported } = specifier;
  return imported.type === 'Identifier' ? imported.name : imported.value;
}

function isRequire(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  if (call.callee.type !== 'Identifier' || call.callee.name !== 'require') return false;
  const variable = variableOf(call.callee, sourceCode);
  if (variable === undefined || variable.defs.length === 0) return true;
  const declaration = onlyDefinition(variable)?.node;
  // const require = createRequire(import.meta.url);
  return (
    declaration?.type === 'VariableDeclarator' &&
    declaration.init?.type === 'CallExpression' &&
    declaration.init.callee.type === 'Identifier' &&
    declaration.init.callee.name === 'createRequire'
  );
}

/** The properties that lead to a name in a pattern: `['a', 'b']` for `x` in `{ a: { b: x } }`. */
export function pathInPattern(pattern: TSESTree.Node, name: string): readonly string[] | undefined {
  if (pattern.type === 'Identifier') return pattern.name === name ? [] : undefined;
  if (pattern.type === 'AssignmentPattern') return pathInPattern(pattern.left, name);
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const rest = pathInPattern(property.value, name);
    const key = propertyName(property);
    if (rest !== undefined) return key === undefined ? undefined : [key, ...rest];
  }
  return undefined;
}
