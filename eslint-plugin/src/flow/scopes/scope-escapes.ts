// What of a group gets out of the block that the group ends with: the group itself, its signal,
// the handles of its tasks, and functions that use any of these.
//
//   await using group = new TaskGroup();
//   const { signal } = group;                     // followed: `signal`
//   const task = group.createTask(work);          // followed: `task`
//   this.task = task;                             // ← out: into the object
//   tasks.push(task);                             // ← out, where `tasks` is declared outside
//   server.on('end', () => group.cancel());       // ← out: `server` calls it when it likes
//   return { signal };                            // ← out; but `return task` waits for the task
//   spawnAll(group, { signal });                  // handed to a call: back when the call is
//
// What a call is given is not followed into it, and what comes out of one is not followed at all:
// a result, `await task`, `task.then(…)`, is no part of the group.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from '../../syntax/call-of.js';
import { isBounded, onlyCancels, registrationOf } from '../../syntax/callback-registration.js';
import { addedTo, isEmptied } from '../../syntax/collection.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction, isFunction } from '../../syntax/enclosing.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { MEMBER } from '../../vocabulary.js';
import { isClearedInCleanup } from '../cleanup/cleared-in-cleanup.js';
import type { GroupHome } from './group-homes.js';
import { HomeBounds } from './home-bounds.js';

/** `callback`: a function that uses one of the others. */
export type PartKind = 'callback' | 'group' | 'signal' | 'task';

export interface Escape {
  readonly node: TSESTree.Node;
  readonly kind: PartKind;
  /** Where it goes, as words of a message. */
  readonly to: string;
}

interface Part {
  readonly kind: PartKind;
  /** It is in an array or an object: nobody waits for a task in there. */
  readonly isHeld: boolean;
  /** What to report, where that is not the whole value. */
  readonly at?: TSESTree.Node;
}

const SIGNAL: Part = { kind: 'signal', isHeld: false };

/** The part in an array or an object around it. */
function held(part: Part, value: TSESTree.Node): Part {
  return { kind: part.kind, isHeld: true, at: part.at ?? value };
}

export function escapesFrom(
  home: GroupHome,
  file: { readonly sourceCode: SourceCode; readonly types: Types },
): readonly Escape[] {
  const search = new EscapeSearch(home.home, file.sourceCode, file.types);
  return search.from(home.variable, { kind: home.kind, isHeld: false });
}

const MAPPERS: ReadonlySet<string | undefined> = new Set(['flatMap', 'from', 'map']);

class EscapeSearch {
  readonly #escapes: Escape[] = [];
  /** Variables that have a part, and that are to be followed. */
  readonly #waiting: [Variable, Part][] = [];
  readonly #bounds: HomeBounds;
  readonly #sourceCode: SourceCode;
  readonly #types: Types;
  readonly #seen = new Set<unknown>();

  constructor(home: TSESTree.Node, sourceCode: SourceCode, types: Types) {
    this.#bounds = new HomeBounds(home, sourceCode);
    this.#sourceCode = sourceCode;
    this.#types = types;
  }

  from(variable: Variable, part: Part): readonly Escape[] {
    this.#follow(variable, part);
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      this.#mentions(...next);
    }
    return this.#escapes;
  }

  #follow(variable: Variable, { kind, isHeld }: Part): void {
    if (this.#seen.has(variable)) return;
    this.#seen.add(variable);
    this.#waiting.push([variable, { kind, isHeld }]);
  }

  #mentions(variable: Variable, part: Part): void {
    for (const reference of variable.references) {
      const name = reference.identifier as TSESTree.Node;
      if (name.parent?.type === 'ExportSpecifier') this.#out(name, part, 'the export');
      if (!reference.isRead() || reference.isTypeReference === true) continue;
      this.#mention(name, part);
      this.#closuresAround(name);
    }
  }

  #mention(name: TSESTree.Node, part: Part): void {
    if (part.kind !== 'group' || part.isHeld) return this.#value(name, part);
    const member = outermost(name).parent;
    if (member?.type !== 'MemberExpression' || member.object !== outermost(name)) {
      return this.#value(name, part);
    }
    const property = propertyName(member);
    if (property === MEMBER.signal) this.#value(member, SIGNAL);
    const call = property === MEMBER.createTask ? callOf(member) : undefined;
    if (call !== undefined) this.#value(call, { kind: 'task', isHeld: false });
  }

  /** Each function around a name, up to the home, is one that uses the group. */
  #closuresAround(name: TSESTree.Node): void {
    for (let around = enclosingFunction(name); around; around = enclosingFunction(around)) {
      if (!this.#bounds.isClosure(around)) return;
      if (this.#seen.has(around)) continue;
      this.#seen.add(around);
      const part: Part = { kind: 'callback', isHeld: false };
      if (around.type === 'FunctionDeclaration') this.#declared(around, part);
      else this.#value(around, part);
    }
  }

  #declared(declaration: TSESTree.FunctionDeclaration, part: Part): void {
    if (declaration.parent.type.startsWith('Export')) this.#out(declaration, part, 'the export');
    const [variable] = this.#sourceCode.getDeclaredVariables(declaration);
    if (variable?.defs[0]?.name === declaration.id) this.#follow(variable, part);
  }

  #value(value: TSESTree.Node, part: Part): void {
    const taken = consumerOf(value);
    switch (taken.kind) {
      case 'handed-over':
        if (part.kind === 'callback' && !part.isHeld) this.#registered(value, taken, part);
        return this.#added(value, taken, part);
      case 'returned':
        return this.#returned(value, taken.by, part);
      case 'stored':
        return this.#stored(value, taken.by, part);
    }
  }

  #registered(value: TSESTree.Node, { by }: Handing, part: Part): void {
    const registration = registrationOf(by, this.#sourceCode);
    if (registration === undefined) return;
    const { call, isOnce, receiver } = registration;
    if (receiver !== undefined && !this.#bounds.isOutside(receiver)) return;
    if (isBounded(registration, this.#bounds.run, this.#sourceCode)) return;
    if (isOnce && onlyCancels(value, this.#sourceCode)) return;
    const callee = this.#sourceCode.getText(call.callee).replace(/\s+/g, ' ');
    this.#out(value, part, `\`${callee}\``);
  }

  /** `tasks.push(task)`, where `tasks` is a collection that stays, and nobody takes the task out. */
  #added(value: TSESTree.Node, taken: Handing, part: Part): void {
    const collection = addedTo(taken);
    if (collection === undefined) return;
    const variable = this.#bounds.variableInside(collection);
    if (variable !== undefined) return this.#follow(variable, { ...part, isHeld: true });
    if (!this.#bounds.isOutside(collection)) return;
    const facts = this.#types.value(collection);
    if (facts.elements.length === 0 || isEmptied(collection, this.#sourceCode)) return;
    if (part.kind === 'callback' && onlyCancels(value, this.#sourceCode)) return;
    this.#out(value, part, `the collection \`${this.#sourceCode.getText(collection)}\``);
  }

  #returned(value: TSESTree.Node, by: TSESTree.Node, part: Part): void {
    if (by.type === 'ThrowStatement') return;
    const from = isFunction(by) ? by : enclosingFunction(by);
    if (from === undefined) return;
    if (from === this.#bounds.run) {
      // An async function, and `TaskGroup.run`, wait for a task that is returned.
      if (part.kind !== 'task' || part.isHeld) this.#out(value, part, 'the `return`');
      return;
    }
    const call = outermost(from).parent;
    const isMapped = call !== undefined && MAPPERS.has(calledMember(call)?.name);
    if (isMapped) this.#value(call, held(part, value));
  }

  #stored(value: TSESTree.Node, by: TSESTree.Node, part: Part): void {
    switch (by.type) {
      case 'VariableDeclarator':
        if (by.parent.parent.type === 'ExportNamedDeclaration')
          this.#out(value, part, 'the export');
        return this.#declaredIn(by.id, part);
      case 'AssignmentExpression':
        this.#assigned(value, by.left, part);
        return consumerOf(by).kind === 'dropped' ? undefined : this.#value(by, part);
      case 'Property':
        return by.parent.type === 'ObjectExpression'
          ? this.#value(by.parent, held(part, value))
          : undefined;
      case 'ArrayExpression':
        return this.#value(by, held(part, value));
      case 'ExportDefaultDeclaration':
        return this.#out(value, part, 'the export');
    }
  }

  #declaredIn(id: TSESTree.BindingName, part: Part): void {
    if (id.type === 'ObjectPattern') {
      const signal = signalIn(id, part);
      if (signal?.type === 'Identifier') this.#declaredIn(signal, SIGNAL);
    }
    const variable = id.type === 'Identifier' ? variableOf(id, this.#sourceCode) : undefined;
    if (variable !== undefined) this.#follow(variable, part);
  }

  #assigned(value: TSESTree.Node, left: TSESTree.Node, part: Part): void {
    const target = unwrapped(left);
    if (target.type === 'ObjectPattern') {
      const signal = signalIn(target, part);
      if (signal !== undefined) this.#assigned(signal, signal, SIGNAL);
    }
    if (target.type !== 'Identifier' && target.type !== 'MemberExpression') return;
    const isName = target.type === 'Identifier';
    const variable = this.#bounds.variableInside(target);
    if (variable !== undefined) {
      this.#follow(variable, isName ? part : held(part, value));
    } else if (this.#bounds.isOutside(target) && !isClearedInCleanup(target, this.#sourceCode)) {
      const text = this.#sourceCode.getText(target);
      this.#out(value, part, `the ${isName ? 'variable' : 'property'} \`${text}\``);
    }
  }

  #out(value: TSESTree.Node, { at = value, kind }: Part, to: string): void {
    this.#escapes.push({ node: at, kind, to });
  }
}

type Handing = Extract<Consumer, { kind: 'handed-over' }>;

/** What a pattern that takes a group apart puts its signal into. */
function signalIn(pattern: TSESTree.ObjectPattern, part: Part): TSESTree.Node | undefined {
  if (part.kind !== 'group' || part.isHeld) return undefined;
  const property = pattern.properties.find(
    (each) => each.type === 'Property' && propertyName(each) === MEMBER.signal,
  );
  return property?.value;
}
