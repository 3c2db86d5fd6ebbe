// Which groups, timeouts, tasks and signals are open at a node, innermost first.
//
//   const scopes = openScopes(input);            // what `defineRule` gives a rule will do
//   for (const scope of scopes.at(call)) …
//
//   async function load(url, { signal }) {       // kind 'signal', signal `signal`, not certain
//     await using group = new TaskGroup();       // kind 'group',  signal `group.signal`
//     group.createTask(async (context) => {      // kind 'task',   signal `context.signal`
//       await fetch(url);                        // ← at: task, group (nested), signal (nested)
//     });
//   }
//
// A scope is seen from everywhere in its block or function, closures included; a declaration of
// the same function has to stand before the node. Whether a group was joined, or a timeout
// disposed, on the way to the node is a question for all-paths.ts.
//
// They are found one after the other: who asks for the nearest pays for no more, however many are
// open at once, and for none that it does not want.
import type { TSESTree } from '@typescript-eslint/utils';

import { type CallbackRole, callbackRole } from '../../syntax/callback-role.js';
import { enclosingRun, type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { type FileNames, isNewGroup } from '../../syntax/mooring-reference.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { scopeOfDeclaration } from './declared-scope.js';
import { openAt, type Opening, type OpenScope, openingsOf } from './openings.js';
import { scopeOfParameter } from './parameter-scope.js';
import type { ScopeValue } from './scope-value.js';

export interface OpenScopes {
  /** The scopes that are open at a node, innermost first; only those of a kind, where one is named. */
  at(node: TSESTree.Node, isWanted?: Wanted): Iterable<OpenScope>;
  /** The task or the timeout that a function is the body of. */
  bodyOf(node: FunctionNode): OpenScope | undefined;
  /** What a variable holds, when it is a scope. */
  of(variable: Variable): ScopeValue | undefined;
  /** What a function is to the runtime: the body of a group or of a timeout, or a task. */
  roleOf(node: FunctionNode): CallbackRole | undefined;
}

/** Whether scopes of this kind are wanted, wherever they are asked for: it is asked once of each. */
export type Wanted = (scope: ScopeValue, file: FileNames) => boolean;

const made = new WeakMap<SourceCode, { readonly scopes: OpenScopes; readonly settings: object }>();

/** The open scopes of a file. All rules share one object. */
export function openScopes(file: FileNames): OpenScopes {
  const known = made.get(file.sourceCode);
  if (known?.settings === file.settings) return known.scopes;
  const scopes = new FileScopes(file);
  made.set(file.sourceCode, { scopes, settings: file.settings });
  return scopes;
}

type Scope = ReturnType<SourceCode['getScope']>;

const isAny: Wanted = () => true;
const isBody: Wanted = ({ held, kind }) => held === 'body' && kind !== 'group';

class FileScopes implements OpenScopes {
  readonly #file: FileNames;
  readonly #openings = new WeakMap<Scope, Map<Wanted, readonly Opening[]>>();
  /** `undefined` also while a variable is being looked at: `const a = b, b = a`. */
  readonly #values = new Map<Variable, ScopeValue | undefined>();
  readonly #roles = new WeakMap<FunctionNode, CallbackRole | false>();

  constructor(file: FileNames) {
    this.#file = file;
  }

  *at(node: TSESTree.Node, isWanted = isAny): Generator<OpenScope, undefined> {
    const run = enclosingRun(node);
    let scope: Scope | null = this.#file.sourceCode.getScope(node);
    for (; scope !== null; scope = scope.upper) {
      if (scope.block === node) continue; // A function stands outside of its own parameters.
      yield* openAt(this.#openingsOf(scope, isWanted), node, run);
    }
  }

  bodyOf(node: FunctionNode): OpenScope | undefined {
    const scope = this.#file.sourceCode.getScope(node);
    return this.roleOf(node) && this.#openingsOf(scope, isBody)[0]?.own;
  }

  of(variable: Variable): ScopeValue | undefined {
    if (this.#values.has(variable)) return this.#values.get(variable);
    this.#values.set(variable, undefined);
    const value = this.#valueOf(variable);
    this.#values.set(variable, value);
    return value;
  }

  roleOf(node: FunctionNode): CallbackRole | undefined {
    const known = this.#roles.get(node);
    if (known !== undefined) return known || undefined;
    this.#roles.set(node, false);
    const role = callbackRole(node, this.#file, (object) => this.#isGroup(object));
    this.#roles.set(node, role ?? false);
    return role;
  }

  #openingsOf(scope: Scope, isWanted: Wanted): readonly Opening[] {
    const ofScope = this.#openings.get(scope) ?? new Map<Wanted, readonly Opening[]>();
    this.#openings.set(scope, ofScope);
    const known = ofScope.get(isWanted);
    if (known !== undefined) return known;
    const openings =
      isWanted === isAny
        ? this.#readOpenings(scope)
        : this.#openingsOf(scope, isAny).filter(({ own }) => isWanted(own, this.#file));
    ofScope.set(isWanted, openings);
    return openings;
  }

  #readOpenings(scope: Scope): readonly Opening[] {
    const values = scope.variables.flatMap((variable) => this.of(variable) ?? []);
    const block = scope.block as TSESTree.Node;
    const isRun = scope.type === 'function' && isFunction(block);
    return openingsOf(values, scope, isRun ? this.roleOf(block) : undefined);
  }

  #valueOf(variable: Variable): ScopeValue | undefined {
    const [definition] = variable.defs;
    if (definition === undefined || variable.defs.length > 1) return undefined;
    const { node } = definition;
    const around = { file: this.#file, of: (name: TSESTree.Identifier) => this.#valueOfName(name) };
    if (node.type === 'VariableDeclarator') return scopeOfDeclaration(variable, node, around);
    return definition.type === 'Parameter' && isFunction(node)
      ? scopeOfParameter(variable, node, this.roleOf(node), around)
      : undefined;
  }

  #valueOfName(name: TSESTree.Identifier): ScopeValue | undefined {
    const variable = variableOf(name, this.#file.sourceCode);
    return variable && this.of(variable);
  }

  #isGroup(object: TSESTree.Node): boolean {
    const node = unwrapped(object);
    if (node.type !== 'Identifier') return isNewGroup(node, this.#file);
    return this.#valueOfName(node)?.kind === 'group';
  }
}
