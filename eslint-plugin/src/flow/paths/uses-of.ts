// Where in a run (a function, a program) each use of a variable takes effect.
//
//   await using group = new TaskGroup();
//   const spawn = () => group.createTask(work);   // no effect yet …
//   if (early) return;
//   spawn();                                      // … the use in the closure takes effect here
//   items.forEach(() => group.createTask(work));  // a closure without a name: where it is made
//   const g = group;                              // an alias is the variable: `g` is followed
//   g.join();
//
// All paths (all-paths.ts) run through one function and do not enter others; with this, an event
// for `use.at` stands for what the closure does.
import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction, type RunNode } from '../../syntax/enclosing.js';
import { constantInit, type SourceCode, type Variable } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';

export interface Use {
  /** The name as it stands in the use: of the variable, or of an alias. */
  readonly name: TSESTree.Identifier;
  /** The node of the run that brings the use about: the name itself, or a closure or its name. */
  readonly at: TSESTree.Node;
}

/** The uses of a variable that take effect in a run. Types, and mere assignments to it, are none. */
export function usesOf(variable: Variable, run: RunNode, sourceCode: SourceCode): readonly Use[] {
  const ofVariable = known.get(variable) ?? new WeakMap<RunNode, readonly Use[]>();
  known.set(variable, ofVariable);
  const uses = ofVariable.get(run) ?? findUses(variable, run, sourceCode);
  ofVariable.set(run, uses);
  return uses;
}

/** Each promise that is pushed to one list asks for the uses of the list. */
const known = new WeakMap<Variable, WeakMap<RunNode, readonly Use[]>>();

function findUses(variable: Variable, run: RunNode, sourceCode: SourceCode): readonly Use[] {
  return namesOf(variable, sourceCode).flatMap((name) =>
    effectsOf(name, run, sourceCode).map((at) => ({ name, at })),
  );
}

/** Where in the run a use takes effect: nowhere, when it stands in a closure that nobody uses. */
function effectsOf(
  name: TSESTree.Identifier,
  run: RunNode,
  sourceCode: SourceCode,
): readonly TSESTree.Node[] {
  const effects = new Set<TSESTree.Node>();
  const seen = new Set<Variable>(); // Functions may call themselves, and each other.
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const closure = closureAround(next, run);
    if (closure === 'outside') continue;
    const holder = closure && nameOf(closure, sourceCode);
    if (holder === undefined) effects.add(closure ?? next);
    else if (!seen.has(holder)) waiting.push(...namesOf(holder, sourceCode));
    if (holder !== undefined) seen.add(holder);
  }
  return [...effects];
}

/** The names by which a variable is used, those of its aliases among them. */
function namesOf(variable: Variable, sourceCode: SourceCode): readonly TSESTree.Identifier[] {
  const names: TSESTree.Identifier[] = [];
  const variables = new Set([variable]); // A set goes on over what is added to it meanwhile.
  for (const { references } of variables) {
    for (const reference of references) {
      const name = reference.identifier as TSESTree.Identifier;
      const isType = reference.isTypeReference || name.parent.type === 'TSTypeQuery';
      if (!reference.isRead() || isType) continue;
      const alias = aliasOf(name, sourceCode);
      if (alias === undefined) names.push(name);
      else variables.add(alias);
    }
  }
  return names;
}

/** `g`, where the name stands in `const g = group`. */
function aliasOf(name: TSESTree.Identifier, sourceCode: SourceCode): Variable | undefined {
  const value = outermost(name);
  const declarator = value.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== value) return undefined;
  return declaredName(declarator, sourceCode);
}

/**
 * The outermost function or class between a node and the run, which decides when it runs. What a
 * class runs where it stands (its names, static values and blocks) is in the run itself.
 */
function closureAround(node: TSESTree.Node, run: RunNode): TSESTree.Node | 'outside' | undefined {
  let closure: TSESTree.Node | undefined;
  let child = node;
  for (; child !== run; child = child.parent) {
    if (child.parent == null) return 'outside';
    if (isFunction(child)) closure = child;
    if (runsLater(child)) closure = child.parent.parent?.parent;
  }
  return closure;
}

/** The value of a method, or of a field that each instance makes for itself. */
function runsLater(child: TSESTree.Node): boolean {
  const { parent } = child;
  if (parent?.type === 'MethodDefinition') return parent.value === child;
  const isField = parent?.type === 'PropertyDefinition' || parent?.type === 'AccessorProperty';
  return isField && parent.value === child && !parent.static;
}

/** The name that a function or class is known by, when that is all it is known by. */
function nameOf(closure: TSESTree.Node, sourceCode: SourceCode): Variable | undefined {
  if (closure.type === 'FunctionDeclaration' || closure.type === 'ClassDeclaration') {
    return sourceCode
      .getDeclaredVariables(closure)
      .find(({ defs }) => defs.some(({ name }) => name === closure.id));
  }
  const value = outermost(closure);
  return value.parent?.type === 'VariableDeclarator' && value.parent.init === value
    ? declaredName(value.parent, sourceCode)
    : undefined;
}

function declaredName(
  declarator: TSESTree.VariableDeclarator,
  sourceCode: SourceCode,
): Variable | undefined {
  const [variable] = sourceCode.getDeclaredVariables(declarator);
  if (variable === undefined || declarator.init === null) return undefined;
  const init = constantInit(variable);
  return init !== undefined && unwrapped(init) === unwrapped(declarator.init)
    ? variable
    : undefined;
}
