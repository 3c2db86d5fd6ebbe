import type { TSESTree } from '@typescript-eslint/utils';
import { Linter, type Rule } from 'eslint';
import { describe, expect, test } from 'vitest';

import { pathEnds } from '../../eslint-plugin/src/flow/paths/all-paths.js';
import type { PathEvent, PathQuestion } from '../../eslint-plugin/src/flow/paths/path-question.js';
import { probe } from '../support/probe.js';
import { readSquiggles } from '../support/squiggles.js';

/**
 * In these programs a call of `open()`, `close()`, `finish()`, `offence()`, `notice()`,
 * `restart()` or `doubt()` is an event of that name. The paths are those of the block that begins with
 * `within;`, or of the whole program. Each end is drawn with its kind, and with `Perhaps` after
 * it when it is not certain; falling out of the block is drawn under its last brace.
 */
const EVENTS: ReadonlySet<string> = new Set([
  'open',
  'close',
  'finish',
  'notice',
  'offence',
  'restart',
  'doubt',
] satisfies PathEvent[]);

type Extra = Pick<PathQuestion, 'assume' | 'isOpen' | 'mayThrow'>;

function paths(name: string, extra: Extra, programs: Readonly<Record<string, string>>): void {
  describe(name, () => {
    for (const [sentence, drawn] of Object.entries(programs)) {
      test(sentence, () => {
        const { code, marks } = readSquiggles(drawn);
        const found = run(code, extra);
        expect(
          found.map(({ line, column, endColumn, message }) => ({
            line,
            column,
            endColumn: endColumn!,
            messageId: message,
          })),
        ).toEqual(marks);
      });
    }
  });
}

const linter = new Linter();

function run(code: string, extra: Extra): Linter.LintMessage[] {
  const create = (context: Rule.RuleContext): object => {
    let within: TSESTree.Node | undefined;
    return {
      "ExpressionStatement[expression.name='within']"(node: TSESTree.Node) {
        within = node.parent;
      },
      'Program:exit'(program: TSESTree.Node) {
        const sourceCode = context.sourceCode as unknown as PathQuestion['sourceCode'];
        const ends = pathEnds({
          sourceCode,
          within: within ?? program,
          event: eventOf,
          ...extra,
        });
        for (const { kind, node, certain } of ends) {
          const last = sourceCode.getLastToken(node)!;
          context.report({
            loc: kind === 'end' ? last.loc : node.loc,
            message: certain ? kind : `${kind}Perhaps`,
          });
        }
      },
    };
  };
  const messages = probe(code, create);
  expect(messages.filter((message) => message.fatal)).toEqual([]);
  return messages;
}

function eventOf(node: TSESTree.Node): PathEvent | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  return EVENTS.has(node.callee.name) ? (node.callee.name as PathEvent) : undefined;
}

paths(
  'straight paths',
  {},
  {
    'a path that closes has no end': `
    {
      within;
      open();
      close();
    }
  `,
    'a path that stays open falls out of the block': `
    {
      within;
      open();
    }
    ~ end
  `,
    'nothing before the opening counts': `
    function f() {
      within;
      if (early) return;
      offence();
      open();
      close();
    }
  `,
    'an offence ends the path, and what comes after it is not asked': `
    {
      within;
      open();
      offence();
      ~~~~~~~~~ event
      offence();
    }
  `,
    'a notice is an end as well, and what comes after it is asked': `
      {
        within;
        notice();
        open();
        notice();
        ~~~~~~~~ event
        notice();
        ~~~~~~~~ event
        close();
      }
    `,
    'a path that is closed may be opened again': `
    {
      within;
      open();
      close();
      open();
    }
    ~ end
  `,
    'a path that is finished may not': `
    {
      within;
      open();
      finish();
      open();
    }
  `,
    'opening again while open is an offence for restart, and not for open': `
    {
      within;
      open();
      open();
      restart();
      ~~~~~~~~~ event
      close();
    }
  `,
    'a doubt stays with the path': `
    {
      within;
      open();
      doubt();
    }
    ~ endPerhaps
  `,
    'code after the end of a path is not walked': `
    function f() {
      within;
      open();
      return close();
      offence();
    }
  `,
    'what leaves the block only in part goes on with the rest': `
    function f() {
      {
        within;
        open();
        if (a) return;
               ~~~~~~~ return
        close();
      }
      offence();
    }
  `,
    'a function of the file that never returns ends the path': `
      function stop(): never { throw error; }
      function f() {
        within;
        open();
        if (broken) stop();
        close();
      }
    `,
    'a call that says it is never come to puts the path in doubt': `
      function f() {
        within;
        open();
        switch (kind) {
          case 'a':
            close();
            break;
          default:
            assertNever(kind);
        }
      }
      ~ endPerhaps
    `,
    'a process that exits leaves nothing behind': `
    function f() {
      within;
      open();
      if (broken) process.exit(1);
      close();
    }
  `,
  },
);

paths(
  'order of evaluation',
  {},
  {
    'arguments come before their call': `
    {
      within;
      offence(open());
      ~~~~~~~~~~~~~~~ event
    }
  `,
    'an operand comes before its await': `
    async function f() {
      within;
      close(await open());
    }
  `,
    'the value of a declaration comes before its default': `
    {
      within;
      const { a = close() } = open();
    }
    ~ end
  `,
    'the right side of an assignment comes before its pattern': `
    {
      within;
      [x[close()]] = [open()];
    }
  `,
    'the object and the key of an assignment come before its value': `
    {
      within;
      a[offence()] = open();
    }
    ~ end
  `,
    'the arms of a comma come in order': `
    {
      within;
      open(), close(), offence();
    }
  `,
    'the parts of a template come in order': `
    {
      within;
      tag\`\${open()} and \${close()}\`;
    }
  `,
    'a function is made where it stands, and is not run': `
    {
      within;
      open();
      const later = () => close();
      function hoisted() { close(); }
    }
    ~ end
  `,
    'types do not run': `
    {
      within;
      open() as typeof close;
      const x: typeof close = close()!;
    }
  `,
    'a class runs its names, its static values and its static blocks': `
    {
      within;
      open();
      class A extends B {
        [offence()] = offence();
         ~~~~~~~~~ event
        static b = open();
        static { close(); }
        method() { offence(); }
      }
    }
  `,
  },
);

paths(
  'conditions',
  {},
  {
    'one arm that closes leaves the other open': `
    {
      within;
      open();
      if (a) close();
    }
    ~ end
  `,
    'both arms that close leave nothing': `
    {
      within;
      open();
      if (a) close();
      else if (b) close();
      else close();
    }
  `,
    'an opening in one arm is closed by what follows': `
    {
      within;
      if (a) open();
      close();
    }
  `,
    'a conditional expression': `
    {
      within;
      open();
      a ? close() : offence();
                    ~~~~~~~~~ event
    }
  `,
    'the right side of && and || may be skipped': `
    {
      within;
      open();
      a && close();
    }
    ~ end
  `,
    'the right side of ?? may be skipped': `
    {
      within;
      open();
      a ?? close();
    }
    ~ end
  `,
    'the left side of a logical expression is not skipped': `
    {
      within;
      open();
      close() || a;
    }
  `,
    'the parts of a test decide separately': `
    function f() {
      within;
      open();
      if (a || close()) return b;
                        ~~~~~~~~~ return
      offence();
    }
  `,
    'a negated test': `
    function f() {
      within;
      open();
      if (!(a && close())) return b;
                           ~~~~~~~~~ return
      offence();
    }
  `,
    'the right side of a logical assignment may be skipped': `
    {
      within;
      open();
      a ||= close();
      b &&= close();
      c ??= close();
    }
    ~ end
  `,
    'a default value may be skipped': `
    {
      within;
      open();
      const { a = close() } = b;
    }
    ~ end
  `,
    'an optional chain may stop at each of its question marks': `
    {
      within;
      open();
      a?.b[close()];
    }
    ~ end
  `,
    'an optional call skips its arguments': `
    {
      within;
      open();
      a?.(close());
    }
    ~ end
  `,
    'an inner chain stops on its own': `
    {
      within;
      open();
      (a?.b).c(close());
    }
  `,
    'a test that is always true': `
    {
      within;
      open();
      if (true) close();
    }
  `,
  },
);

paths(
  'tests that occur twice',
  {},
  {
    'two tests that say the same agree with each other': `
    function f(live: boolean) {
      within;
      if (live) open();
      if (live) close();
    }
    ~ endPerhaps
  `,
    'a test and its opposite': `
    function f(live: boolean) {
      within;
      if (live) open();
      if (!live) return;
                 ~~~~~~~ returnPerhaps
      close();
    }
  `,
    'an equality and its negation': `
    function f(state: string) {
      within;
      if (state === 'live') open();
      if (state !== 'live') return;
                            ~~~~~~~ returnPerhaps
      close();
    }
  `,
    'a test that matters for nothing takes no certainty away': `
    function f(debug: boolean) {
      within;
      if (debug) log('start');
      open();
      if (debug) log('end');
    }
    ~ end
  `,
    'a call is asked anew each time': `
    function f() {
      within;
      if (live()) open();
      if (live()) close();
    }
    ~ end
  `,
  },
);

paths(
  'loops',
  {},
  {
    'the body of a loop may not run': `
    {
      within;
      open();
      for (const x of xs) close();
      for (const x in xs) close();
      for (let i = 0; i < n; i++) close();
      while (a) close();
    }
    ~ end
  `,
    'the body of do … while runs once': `
    {
      within;
      open();
      do close(); while (a);
    }
  `,
    'an open path goes round': `
    {
      within;
      for (const x of xs) {
        offence();
        ~~~~~~~~~ event
        open();
      }
    }
    ~ end
  `,
    'a path goes round by continue': `
    {
      within;
      for (const x of xs) {
        offence();
        ~~~~~~~~~ event
        open();
        if (a) continue;
        close();
      }
    }
    ~ end
  `,
    'the update of a for loop comes after continue': `
    {
      within;
      for (let i = 0; i < n; close()) {
        open();
        if (a) continue;
      }
    }
  `,
    'the update of a for loop does not come after break': `
    {
      within;
      for (let i = 0; i < n; close()) {
        open();
        if (a) break;
      }
    }
    ~ end
  `,
    'the test of a loop comes before its end': `
    {
      within;
      open();
      while (close()) work();
    }
  `,
    'the test of do … while comes after continue': `
    {
      within;
      do {
        open();
        if (a) continue;
      } while (close());
    }
  `,
    'an endless loop is left by break alone': `
    {
      within;
      open();
      while (true) {
        if (a) break;
      }
      for (;;) close();
    }
  `,
    'an endless loop without a break is not left': `
    {
      within;
      open();
      for (;;) work();
    }
  `,
    'what for … of goes over is evaluated once, its target for each value': `
    {
      within;
      for ([restart()[0]] of close()) {}
            ~~~~~~~~~ event
    }
    ~ end
  `,
    'a labelled continue goes on with the outer loop': `
    {
      within;
      outer: for (const x of xs) {
        for (const y of x) {
          open();
          if (y) continue outer;
          close();
        }
        finish();
      }
    }
    ~ end
  `,
    'a labelled break leaves the outer loop': `
    {
      within;
      outer: for (const x of xs) {
        for (const y of x) {
          open();
          if (y) break outer;
          close();
        }
      }
      close();
    }
  `,
    'a labelled break leaves a block': `
    {
      within;
      open();
      done: {
        if (a) break done;
        finish();
      }
    }
    ~ end
  `,
    'a path that is opened in the last round is open after the loop': `
    {
      within;
      while (a) {
        close();
        open();
      }
    }
    ~ end
  `,
  },
);

paths(
  'the body of a loop, open from its start',
  { isOpen: true },
  {
    'a round that passes no closing comes to the end or to a continue': `
    for (;;) {
      within;
      if (a) continue;
             ~~~~~~~~~ continue
      if (b) break;
             ~~~~~~ break
      if (c) close();
    }
    ~ end
  `,
    'a round that always closes': `
    while (a) {
      within;
      for (;;) {
        if (b) continue;
        break;
      }
      close();
    }
  `,
    'a continue of an outer loop': `
    outer: for (;;) {
      for (;;) {
        within;
        if (a) continue outer;
               ~~~~~~~~~~~~~~~ continue
        close();
      }
    }
  `,
  },
);

paths(
  'switch',
  {},
  {
    'cases that close, and a default that does not': `
    {
      within;
      open();
      switch (a) {
        case 1:
          close();
          break;
        default:
          work();
      }
    }
    ~ end
  `,
    'all cases and the default close': `
    {
      within;
      open();
      switch (a) {
        case 1:
          close();
          break;
        default:
          close();
      }
    }
  `,
    'without a default, a path past all cases is in doubt: the cases may be all there are': `
    {
      within;
      open();
      switch (a) {
        case 1:
          close();
          break;
        case 2:
          close();
      }
    }
    ~ endPerhaps
  `,
    'a case falls through to the next': `
    {
      within;
      switch (a) {
        case 1:
          open();
        case 2:
          offence();
          ~~~~~~~~~ event
      }
    }
  `,
    'a default in the middle is taken after the last test, and falls through': `
    {
      within;
      switch (a) {
        default:
          offence();
          ~~~~~~~~~ event
        case open():
          offence();
          ~~~~~~~~~ event
      }
    }
  `,
    'a break of the loop around leaves both': `
    {
      within;
      loop: for (;;) {
        switch (a) {
          case 1:
            open();
            break loop;
          default:
            continue;
        }
      }
    }
    ~ end
  `,
    'an empty switch': `
    {
      within;
      open();
      switch (close()) {}
    }
  `,
  },
);

paths(
  'try',
  {},
  {
    'an error from a call reaches the catch before what comes after the call': `
    {
      within;
      open();
      try {
        work();
        close();
      } catch {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
    'a call that closes has closed even when it throws': `
    {
      within;
      open();
      try {
        close();
      } catch {
        offence();
      }
    }
  `,
    'a call that opens and throws has opened nothing': `
    {
      within;
      try {
        open();
        finish();
      } catch {
        offence();
      }
    }
  `,
    'a catch behind code that cannot throw is never entered': `
    {
      within;
      open();
      try {
        x = 1;
      } catch {
        offence();
      }
      close();
    }
  `,
    'reading a member may throw, perhaps': `
    {
      within;
      open();
      try {
        x = a.b;
        close();
      } catch {
        offence();
        ~~~~~~~~~ eventPerhaps
      }
    }
  `,
    'a throw goes to the catch, and is no end': `
    {
      within;
      open();
      try {
        throw error;
      } catch {
        close();
      }
    }
  `,
    'a throw that nobody catches is an end': `
    {
      within;
      open();
      if (a) throw error;
             ~~~~~~~~~~~~ throw
      close();
    }
  `,
    'a throw in the catch is an end': `
    {
      within;
      open();
      try {
        work();
      } catch (error) {
        throw error;
        ~~~~~~~~~~~~ throw
      }
      close();
    }
  `,
    'a throw of an inner catch goes to the outer one': `
    {
      within;
      open();
      try {
        try {
          throw a;
        } catch {
          throw b;
        }
      } catch {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
    'a finally that closes closes every way out': `
    function f() {
      for (;;) {
        within;
        open();
        try {
          if (a) return;
          if (b) break;
          if (c) continue;
          if (d) throw e;
          work();
        } finally {
          close();
        }
      }
    }
  `,
    'a finally that does not close keeps every way out apart': `
    function f() {
      for (;;) {
        within;
        open();
        try {
          if (a) return;
                 ~~~~~~~ return
          if (b) break;
                 ~~~~~~ break
          if (c) continue;
                 ~~~~~~~~~ continue
          if (d) throw e;
                 ~~~~~~~~ throw
        } finally {
          work();
        }
        close();
      }
    }
  `,
    'a break inside the try of a loop goes through its finally': `
    {
      within;
      for (;;) {
        open();
        try {
          if (a) break;
        } finally {
          close();
        }
      }
    }
  `,
    'a finally that returns takes the place of every way out': `
    function f() {
      within;
      open();
      try {
        throw error;
      } finally {
        return;
        ~~~~~~~ return
      }
    }
  `,
    'an error comes to the finally, and goes on after it': `
    function f() {
      within;
      open();
      try {
        try {
          work();
          finish();
        } finally {
          tidy();
        }
      } catch {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
    'a catch closes for the finally after it': `
    {
      within;
      open();
      try {
        work();
        close();
      } catch {
        close();
      } finally {
        offence();
      }
    }
  `,
    'an error in the catch comes to the finally': `
    {
      within;
      open();
      try {
        throw error;
      } catch {
        report();
        close();
      } finally {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
    'a step of for await may fail': `
    async function f() {
      within;
      open();
      try {
        for await (const x of xs) {}
        close();
      } catch {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
  },
);

paths(
  'what a question knows of errors',
  { mayThrow: () => 'no' },
  {
    'errors that do not come': `
    {
      within;
      open();
      try {
        work();
        close();
      } catch {
        offence();
      }
    }
  `,
    'a throw comes all the same': `
    {
      within;
      open();
      try {
        if (a) throw error;
        close();
      } catch {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
  },
);

paths(
  'what a question knows of tests, while the path is open',
  { assume: (test) => (test.type === 'Identifier' && test.name === 'p' ? true : undefined) },
  {
    'a test of what is open holds': `
      {
        within;
        if (a) open();
        if (p) close();
      }
    `,
    'its negation does not': `
      function f() {
        within;
        if (a) open();
        if (!p) return;
        close();
      }
    `,
    'nor is it nullish': `
      {
        within;
        open();
        p ?? offence();
        p?.then(close());
      }
    `,
    'paths that are not open know nothing': `
      {
        within;
        if (!p) open();
      }
      ~ end
    `,
  },
);

paths(
  'generators, arrows and classes',
  {},
  {
    'a yield goes on': `
    function* f() {
      within;
      open();
      yield 1;
      close();
    }
  `,
    'a yield may throw': `
    function* f() {
      within;
      open();
      try {
        yield 1;
        close();
      } catch {
        offence();
        ~~~~~~~~~ event
      }
    }
  `,
    'a static block': `
    class A {
      static {
        within;
        open();
      }
      ~ end
    }
  `,
    'a module of TypeScript': `
    {
      within;
      namespace N {
        open();
      }
    }
    ~ end
  `,
    'the end of a program': `
    open();
    export const a = b;
                      ~ end
  `,
  },
);

test('an arrow function returns its body', () => {
  expect(endsOf('() => open()', arrowOf)).toEqual(['return open()']);
});

test('the defaults of parameters come before the body of a function', () => {
  expect(endsOf('(a = open()) => { close(); }', arrowOf)).toEqual([]);
});

test('a very deep expression is walked as far as it goes, and nothing there is certain', () => {
  const deep = `open(); x = ${'a + '.repeat(1_500)}a;`;
  expect(endsOf(deep, ({ ast }) => ast)).toEqual([expect.stringMatching(/^end\? /)]);
});

test('loops in loops cost what they are long', () => {
  const nested = `${'for (const a of b) { open(); '.repeat(40)}${'}'.repeat(40)}`;
  expect(endsOf(nested, ({ ast }) => ast)).toHaveLength(1);
});

function arrowOf({ ast }: PathQuestion['sourceCode']): TSESTree.Node {
  const [statement] = ast.body;
  if (statement?.type !== 'ExpressionStatement') throw new Error('Write an expression first.');
  return statement.expression;
}

/** The ends of the paths of a part of a program, as text. */
function endsOf(
  code: string,
  part: (sourceCode: PathQuestion['sourceCode']) => TSESTree.Node,
): string[] {
  const ends: string[] = [];
  const create = (context: Rule.RuleContext): Rule.RuleListener => ({
    'Program:exit'() {
      const sourceCode = context.sourceCode as unknown as PathQuestion['sourceCode'];
      for (const end of pathEnds({ sourceCode, within: part(sourceCode), event: eventOf })) {
        ends.push(`${end.kind}${end.certain ? '' : '?'} ${sourceCode.getText(end.node)}`);
      }
    },
  });
  linter.verify(code, {
    plugins: { test: { rules: { rule: { create } } } },
    rules: { 'test/rule': 'error' },
  });
  return ends;
}
