import { compileFunction } from 'node:vm';

import type { TSESTree } from '@typescript-eslint/utils';
import { Linter, type Rule } from 'eslint';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { pathEnds } from '../../eslint-plugin/src/flow/paths/all-paths.js';
import { descendants } from '../../eslint-plugin/src/syntax/descendants.js';
import { placesOf } from '../../eslint-plugin/src/syntax/first-from.js';
import type { PathEvent, PathQuestion } from '../../eslint-plugin/src/flow/paths/path-question.js';

/**
 * Programs are made at random, walked, and run: with every course that their first decisions can
 * take. A decision is a condition `c()`, or whether a call throws. What a run comes to has to be
 * among the ends of the walk, and each end of the walk has to be what some run comes to.
 */
const EVENTS = ['open', 'close', 'finish', 'offence', 'notice', 'restart'] as const;
type Event = (typeof EVENTS)[number] & PathEvent;

const { statements } = fc.letrec<{ statement: string; statements: string }>((tie) => ({
  statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((all) => all.join('')),
  statement: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(...EVENTS, 'work').map((name) => `${name}(#);`),
    fc.constantFrom('return #;', 'throw #;', 'if (c()) return #;', 'if (c()) break a;'),
    tie('statements').map((body) => `if (c()) {${body}}`),
    fc.tuple(tie('statements'), tie('statements')).map(([a, b]) => `if (c()) {${a}} else {${b}}`),
    tie('statements').map(
      (body) => `while (c()) {${body} if (c()) continue; if (c()) break; work(#);}`,
    ),
    tie('statements').map((body) => `do {${body} if (c()) continue; work(#);} while (c());`),
    tie('statements').map((body) => `for (; c(); work(#)) {${body} if (c()) break;}`),
    tie('statements').map(
      (body) => `for (const x of items()) {${body} if (c()) continue; work(#);}`,
    ),
    fc
      .tuple(tie('statements'), tie('statements'))
      .map(([a, b]) => `switch (true) { case c(): ${a} break; case c(): ${b} default: work(#); }`),
    fc.constantFrom(
      'c() && (open(#), c()) || close(#);',
      'c() ? offence(#) : open(#);',
      'maybe()?.[open(#)];',
      'maybe() ?? close(#);',
      'work(open(#), close(#));',
    ),
    fc.tuple(tie('statements'), tie('statements')).map(([a, b]) => `try {${a}} catch {${b}}`),
    fc.tuple(tie('statements'), tie('statements')).map(([a, b]) => `try {${a}} finally {${b}}`),
    fc
      .tuple(tie('statements'), tie('statements'), tie('statements'))
      .map(([a, b, d]) => `try {${a}} catch {${b}} finally {${d}}`),
  ),
}));

/** The body of a function; each place has a number, to tell the ends by. */
const programs = statements.map((body) => {
  let places = 0;
  return `a: {${body}} work(#);`.replace(/#/g, () => String(++places));
});

/** Programs so small that their courses can all be run, but for endless rounds of a loop. */
const smallPrograms = programs.filter((program) => !program.includes('9'));

test('what runs come to is among the ends of the walk', () => {
  fc.assert(
    fc.property(programs, (program) => {
      const walked = endsOfWalk(program);
      expect([...endsOfRuns(program, 9)].filter((end) => !walked.has(end))).toEqual([]);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('the ends of the walk are all come to by some run', () => {
  fc.assert(
    fc.property(smallPrograms, (program) => {
      expect([...endsOfWalk(program)].sort()).toEqual([...endsOfRuns(program, 14)].sort());
    }),
    { numRuns: 150, seed: 2 },
  );
});

/** Of code that a question has nothing to say of, more than a walk goes through one by one. */
const quiet = 'work(0);'.repeat(7);
const longPrograms = programs.map((program) => program.replace(/(?<!switch .*)\{/g, `{${quiet}`));

/** What is thrown in the inner loop comes in the second round of the outer one as it did in the first. */
const loopInTry = `while (c()) {
  try { close(1); work(2); while (c()) { open(3); work(4); close(5); } open(6); } catch { return 7; }
}`;

test('to pass over code that a question has nothing to say of changes no end', () => {
  const placesIn = (within: TSESTree.Node, sourceCode: PathQuestion['sourceCode']) => {
    const nodes = [...descendants(within, sourceCode)];
    const isAlways = (node: TSESTree.Node) => /open|restart|finish/.test(eventOf(node) ?? '');
    const always = placesOf(nodes.filter(isAlways));
    return { always, whileOpen: placesOf(nodes.filter(eventOf)), withWaits: false };
  };
  fc.assert(
    fc.property(longPrograms, (program) => {
      expect(endsOfWalk(program, placesIn)).toEqual(endsOfWalk(program));
    }),
    { numRuns: 150, seed: 3, examples: [[loopInTry]] },
  );
});

const linter = new Linter();

type PlacesIn = (
  within: TSESTree.Node,
  sourceCode: PathQuestion['sourceCode'],
) => NonNullable<PathQuestion['only']>;

function endsOfWalk(program: string, placesIn?: PlacesIn): Set<string> {
  const ends = new Set<string>();
  const create = (context: Rule.RuleContext): object => ({
    FunctionDeclaration(within: TSESTree.Node) {
      const sourceCode = context.sourceCode as unknown as PathQuestion['sourceCode'];
      const only = placesIn?.(within, sourceCode);
      const question = { sourceCode, within, event: eventOf, mayThrow, ...(only && { only }) };
      for (const { kind, node } of pathEnds(question)) {
        ends.add(kind === 'end' ? kind : `${kind} ${/\d+/.exec(sourceCode.getText(node))?.[0]}`);
      }
    },
  });
  const messages = linter.verify(`function f() {${program}}`, {
    plugins: { test: { rules: { rule: { create } as unknown as Rule.RuleModule } } },
    rules: { 'test/rule': 'error' },
  });
  expect(messages).toEqual([]);
  return ends;
}

/** Conditions do not throw: that would double the decisions. Of a block there is no telling. */
function mayThrow(node: TSESTree.Node): 'no' | 'yes' | undefined {
  if (node.type === 'ForOfStatement' || node.type === 'MemberExpression') return 'no';
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  return node.callee.name === 'c' || node.callee.name === 'maybe' ? 'no' : 'yes';
}

function eventOf(node: TSESTree.Node): Event | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const { name } = node.callee;
  return EVENTS.find((event) => event === name);
}

const MOST_STEPS = 200;
class Endless extends Error {}

/** Runs a program with each course of its first decisions; later ones are all `false`. */
function endsOfRuns(program: string, decisions: number): Set<string> {
  const body = compileFunction(program, [...EVENTS, 'work', 'c', 'items', 'maybe']) as Body;
  const ends = new Set<string>();
  for (let course: readonly boolean[] | undefined = []; course !== undefined;) {
    course = next(runOnce(body, course, decisions, ends));
  }
  return ends;
}

type Body = (...calls: readonly unknown[]) => number | undefined;

/** The course of decisions that was taken. */
function runOnce(
  body: Body,
  course: readonly boolean[],
  decisions: number,
  ends: Set<string>,
): boolean[] {
  const taken: boolean[] = [];
  let steps = 0;
  const decide = (): boolean => {
    if (++steps > MOST_STEPS) throw new Endless();
    if (taken.length === decisions) return false;
    const decision = course[taken.length] ?? false;
    taken.push(decision);
    return decision;
  };
  let state: 'finished' | 'open' | 'waiting' = 'waiting';
  const mayThrow = (): void => {
    if (decide()) throw new Error('thrown by a call');
  };
  const handlers: Record<Event, (place: number) => void> = {
    open: () => {
      mayThrow();
      if (state !== 'finished') state = 'open';
    },
    restart: (place) => {
      if (state === 'open') ends.add(`event ${place}`);
      mayThrow();
      if (state !== 'finished') state = 'open';
    },
    close: () => {
      if (state === 'open') state = 'waiting';
      mayThrow();
    },
    finish: () => {
      state = 'finished';
      mayThrow();
    },
    offence: (place) => {
      if (state === 'open') {
        ends.add(`event ${place}`);
        state = 'waiting';
      }
      mayThrow();
    },
    notice: (place) => {
      if (state === 'open') ends.add(`event ${place}`);
      mayThrow();
    },
  };
  const rounds = function* (): Generator<number> {
    while (decide()) yield 0;
  };
  const items = (): Generator<number> => {
    mayThrow();
    return rounds();
  };
  const maybe = (): object | undefined => (decide() ? {} : undefined);
  const calls = EVENTS.map((event) => handlers[event]);
  try {
    const place = body(...calls, mayThrow, decide, items, maybe);
    if (isOpen()) ends.add(place === undefined ? 'end' : `return ${place}`);
  } catch (error) {
    if (isOpen() && typeof error === 'number') ends.add(`throw ${error}`);
  }
  return taken;

  function isOpen(): boolean {
    return state === 'open';
  }
}

/** The next course, in the order of counting. */
function next(taken: readonly boolean[]): readonly boolean[] | undefined {
  const last = taken.lastIndexOf(false);
  return last === -1 ? undefined : [...taken.slice(0, last), true];
}
