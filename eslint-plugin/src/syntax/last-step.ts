import type { TSESTree } from '@typescript-eslint/utils';

import { LISTENER_METHODS } from '../vocabulary.js';
import { statementOf } from './mistaken-drop.js';
import { chainOf, errorHandlerOf } from './promise-chain.js';
import { calledName } from './property-name.js';
import { unwrapped } from './wrappers.js';

const lastSteps = new WeakMap<TSESTree.Program, TSESTree.Node | undefined>();

/**
 * Whether a statement is the last step of a program, also of one that is not always run:
 * `if (isMain) { main(); } else { help(); }`. Where it is handled on another way,
 * `else { load().catch(report); }`, it could be on this one. Each promise at the top of a module asks.
 */
export function isLastStep(node: TSESTree.Node, program: TSESTree.Program): boolean {
  let statement = statementOf(node);
  for (;;) {
    const { parent } = statement;
    if (parent?.type === 'Program') return lastStepOf(program) === statement;
    if (parent?.type === 'IfStatement') {
      if (isHandledOn(otherWay(parent, statement))) return false;
    } else if (parent?.type !== 'BlockStatement' || parent.body.at(-1) !== statement) {
      return false;
    }
    statement = parent;
  }
}

function otherWay({ alternate, consequent }: TSESTree.IfStatement, way: TSESTree.Node) {
  return way === consequent ? alternate : consequent;
}

/** `main().catch(report);` or `await main();`, as the last step of a way. */
function isHandledOn(way: TSESTree.Node | null): boolean {
  switch (way?.type) {
    case 'BlockStatement':
      return isHandledOn(way.body.at(-1) ?? null);
    case 'IfStatement':
      return isHandledOn(way.consequent) || isHandledOn(way.alternate);
    case 'ExpressionStatement': {
      const step = unwrapped(way.expression);
      return step.type === 'AwaitExpression' || errorHandlerOf(chainOf(step)) !== undefined;
    }
    default:
      return false;
  }
}

function lastStepOf(program: TSESTree.Program): TSESTree.Node | undefined {
  if (!lastSteps.has(program)) {
    const steps = program.body.filter(
      (each) => !/^Export|Declaration$/.test(each.type) && !isArranging(each),
    );
    lastSteps.set(program, steps.at(-1));
  }
  return lastSteps.get(program);
}

/**
 * What comes after the start and is none of the program's steps: `process.once('SIGINT', stop);`, which is there for
 * as long as it runs, and `if (isDevelopment) { window.store = store; }`.
 */
function isArranging(statement: TSESTree.Node): boolean {
  switch (statement.type) {
    case 'BlockStatement':
      return statement.body.every(isArranging);
    case 'IfStatement':
      return statement.alternate === null && isArranging(statement.consequent);
    case 'ExpressionStatement': {
      const step = unwrapped(statement.expression);
      if (step.type === 'AssignmentExpression') return isNamed(step.left) && isNamed(step.right);
      return isListening(step) || isOfHotModule(step);
    }
    default:
      return false;
  }
}

function isListening(step: TSESTree.Node): boolean {
  const name = calledName(step);
  return name !== undefined && LISTENER_METHODS.has(name);
}

/** `import.meta.hot.accept();` */
function isOfHotModule(step: TSESTree.Node): boolean {
  let part = step.type === 'CallExpression' ? unwrapped(step.callee) : step;
  while (part.type === 'MemberExpression') part = unwrapped(part.object);
  return part.type === 'MetaProperty';
}

/** `store`, and `window.store`. */
function isNamed(value: TSESTree.Node): boolean {
  const { type } = unwrapped(value);
  return type === 'Identifier' || type === 'MemberExpression';
}

/** Whether nothing of a function comes after a node, on the way that leads through it. */
export function isLastIn(node: TSESTree.Node, body: TSESTree.Node): boolean {
  let statement = statementOf(node);
  while (
    statement.parent?.type === 'BlockStatement' &&
    statement.parent.body.at(-1) === statement
  ) {
    const block = statement.parent;
    if (block === body) return true;
    if (block.parent.type !== 'IfStatement') return false;
    statement = statementOf(block.parent);
  }
  return false;
}
