// What the conditions of a function come to, where one of its calls writes out what it hands over:
//
//   save(page, false);         async function save(page: Page, isNow = true) { if (isNow) await write(page); }
//   load('a', { all: true });  async function load(name: string, { all = false }) { … }
//   lock.call(this, true);     async lock() { if (arguments[0] === undefined) await this.write(); }
import type { TSESTree } from '@typescript-eslint/utils';

import { Depth } from './depth.js';
import { descendants } from './descendants.js';
import { type FunctionNode, isInside } from './enclosing.js';
import { propertyName } from './property-name.js';
import {
  constantInit,
  isReassigned,
  type SourceCode,
  type Variable,
  variableOf,
} from './variable.js';
import { unwrapped } from './wrappers.js';
import { isTruthy, memberOf, NOTHING, type Written, writtenValue } from './written-value.js';

type Node = TSESTree.Node;

/** A name may stand for another one, and that for it. */
const depth = new Depth();

/** The values of the parameters in one call, and of what is computed from them. */
export class GivenValues {
  readonly #of: FunctionNode;
  readonly #sourceCode: SourceCode;
  readonly #given: readonly Node[];
  readonly #names: Map<Variable, Written | undefined> = new Map();

  constructor(of: FunctionNode, given: readonly Node[], sourceCode: SourceCode) {
    this.#of = of;
    this.#sourceCode = sourceCode;
    this.#given = given;
    of.params
      .filter((each) => each.type !== 'Identifier' || each.name !== 'this')
      .forEach((parameter, at) => this.#bind(parameter, this.#argument(at)));
  }

  /** Whether a condition of the function holds in this call; `undefined` where that is not known. */
  holds(condition: Node): boolean | undefined {
    return depth.within(() => this.#truthOf(unwrapped(condition)), undefined);
  }

  #truthOf(node: Node): boolean | undefined {
    if (node.type === 'UnaryExpression' && node.operator === '!') {
      const holds = this.holds(node.argument);
      return holds === undefined ? undefined : !holds;
    }
    if (node.type === 'LogicalExpression' && node.operator !== '??') {
      const deciding = node.operator === '||';
      const parts = [this.holds(node.left), this.holds(node.right)];
      if (parts.includes(deciding)) return deciding;
      return parts.includes(undefined) ? undefined : !deciding;
    }
    const value = this.#valueOf(node);
    return value && isTruthy(value);
  }

  #value(expression: Node): Written | undefined {
    return depth.within(() => this.#valueOf(unwrapped(expression)), undefined);
  }

  #valueOf(node: Node): Written | undefined {
    switch (node.type) {
      case 'Identifier':
        return this.#ofName(node);
      case 'MemberExpression':
        return this.#ofMember(node);
      case 'LogicalExpression': {
        const left = node.operator === '??' ? this.#value(node.left) : undefined;
        if (left === undefined) return undefined;
        return 'value' in left && left.value == null ? this.#value(node.right) : left;
      }
      case 'BinaryExpression':
        return this.#ofComparison(node);
      default:
        return writtenValue(node);
    }
  }

  #argument(at: number): Written | undefined {
    const spread = this.#given.findIndex(({ type }) => type === 'SpreadElement');
    if (spread !== -1 && at >= spread) return undefined;
    return at < this.#given.length ? writtenValue(this.#given[at]!) : NOTHING;
  }

  #bind(pattern: Node, written: Written | undefined): void {
    switch (pattern.type) {
      case 'Identifier': {
        const variable = variableOf(pattern, this.#sourceCode);
        if (variable && !isReassigned(variable)) this.#names.set(variable, written);
        return;
      }
      case 'AssignmentPattern': {
        const isMissing =
          written !== undefined && 'value' in written && written.value === undefined;
        return this.#bind(pattern.left, isMissing ? writtenValue(pattern.right) : written);
      }
      case 'ObjectPattern':
        for (const each of pattern.properties) {
          if (each.type === 'Property')
            this.#bind(each.value, memberOf(written, propertyName(each)));
        }
        return;
      default:
    }
  }

  #ofName(name: TSESTree.Identifier): Written | undefined {
    const variable = variableOf(name, this.#sourceCode);
    if (variable === undefined || variable.defs.length === 0) return writtenValue(name);
    if (this.#names.has(variable)) return this.#names.get(variable);
    const init = constantInit(variable);
    if (init === undefined || !isInside(init, this.#of)) return undefined;
    this.#names.set(variable, undefined); // Each name is looked behind once.
    const holds = this.holds(init);
    // Of what is computed it counts whether it holds.
    const found = this.#value(init) ?? (holds === undefined ? undefined : { value: holds });
    this.#names.set(variable, found);
    return found;
  }

  #ofMember(node: TSESTree.MemberExpression): Written | undefined {
    const object = unwrapped(node.object);
    if (object.type === 'ThisExpression') return this.#ofField(node);
    if (object.type !== 'Identifier' || object.name !== 'arguments') {
      return memberOf(this.#value(object), propertyName(node));
    }
    const at = node.property.type === 'Literal' ? node.property.value : undefined;
    return typeof at === 'number' ? this.#argument(at) : undefined;
  }

  /** `this.isExplicit = !quiet; if (this.isExplicit) …`, where nothing is called between them. */
  #ofField(read: TSESTree.MemberExpression): Written | undefined {
    const { calls, writes } = stepsOf(this.#of, this.#sourceCode);
    const write = writes.get(propertyName(read));
    if (write === undefined || write.range[1] > read.range[0]) return undefined;
    const isBetween = ({ range: [start] }: Node): boolean =>
      start > write.range[0] && start < read.range[0];
    return calls.some(isBetween) ? undefined : this.#value(write.right);
  }

  #ofComparison({ left, operator, right }: TSESTree.BinaryExpression): Written | undefined {
    if (operator !== '===' && operator !== '!==' && operator !== '==' && operator !== '!=') {
      return undefined;
    }
    const [first, second] = [this.#value(left), this.#value(right)];
    if (first === undefined || second === undefined) return undefined;
    const isEqual = areEqual(first, second, operator.length === 2);
    return isEqual === undefined ? undefined : { value: isEqual === (operator[0] === '=') };
  }
}

/** What `==` makes of two values of different types is left aside. */
function areEqual(first: Written, second: Written, isLoose: boolean): boolean | undefined {
  if ('object' in first || 'object' in second) {
    const others = [first, second].filter((each) => 'value' in each);
    return others.length === 1 && (!isLoose || others[0]!.value == null) ? false : undefined;
  }
  if (!isLoose || typeof first.value === typeof second.value) return first.value === second.value;
  const areMissing = first.value == null && second.value == null;
  return areMissing || first.value == null || second.value == null ? areMissing : undefined;
}

interface Steps {
  readonly calls: readonly Node[];
  /** The one write of each field of `this` that is a step of the function. */
  readonly writes: ReadonlyMap<string | undefined, TSESTree.AssignmentExpression | undefined>;
}

const known = new WeakMap<FunctionNode, Steps>();

function stepsOf(of: FunctionNode, sourceCode: SourceCode): Steps {
  const found = known.get(of) ?? findSteps(of, sourceCode);
  known.set(of, found);
  return found;
}

function findSteps({ body }: FunctionNode, sourceCode: SourceCode): Steps {
  const nodes = [...descendants(body, sourceCode, 'own')];
  const writes = new Map<string | undefined, TSESTree.AssignmentExpression | undefined>();
  for (const node of nodes) {
    if (node.type !== 'AssignmentExpression') continue;
    const { left, operator, parent } = node;
    if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') continue;
    const name = propertyName(left);
    const isOnly = operator === '=' && parent.parent === body && !writes.has(name);
    writes.set(name, isOnly ? node : undefined);
  }
  return { calls: nodes.filter(({ type }) => CALLS.has(type)), writes };
}

const CALLS: ReadonlySet<string> = new Set(['AwaitExpression', 'CallExpression', 'NewExpression']);
