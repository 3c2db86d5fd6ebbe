// What a file puts into a property: `this.run = load()`, and `run = load()` of a class. By its name
// alone, as in property-mentions.ts: of whose property it is only types could tell.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { propertyName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

type Values = ReadonlyMap<string, readonly TSESTree.Node[]>;

const known = new WeakMap<TSESTree.Node, Values>();

export function valuesOfProperty(name: string, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const values = known.get(sourceCode.ast) ?? collect(sourceCode);
  known.set(sourceCode.ast, values);
  return values.get(name) ?? [];
}

function collect(sourceCode: SourceCode): Values {
  const values = new Map<string, TSESTree.Node[]>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    const { name, value } = givenBy(node);
    if (name === undefined || value == null) continue;
    const all = values.get(name) ?? [];
    all.push(value);
    values.set(name, all);
  }
  return values;
}

function givenBy(node: TSESTree.Node): { name?: string | undefined; value?: TSESTree.Node | null } {
  if (node.type === 'PropertyDefinition') return { name: propertyName(node), value: node.value };
  if (node.type !== 'AssignmentExpression') return {};
  const target = unwrapped(node.left);
  if (target.type !== 'MemberExpression') return {};
  return { name: propertyName(target), value: node.right };
}
