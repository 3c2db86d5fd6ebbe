/** Programs to run: what a random user might write with groups, limits, deadlines and clean-ups. */
import fc from 'fast-check';

/** A place in the list of what encloses a step: 0 is the nearest, and it stops at the outermost. */
export type Up = number;

export type Step =
  /** Does something that takes no signal. */
  | { readonly do: 'pause' }
  /** Waits for something that a scope's cancellation ends, and which else comes of itself. */
  | { readonly do: 'wait'; readonly on: Up; readonly shape: Shape }
  /** Waits for cancellation only. */
  | { readonly do: 'park'; readonly on: Up; readonly shape: Shape }
  | { readonly do: 'throw'; readonly what: Thrown }
  | { readonly do: 'spawn'; readonly into: Up; readonly task: TaskSpec }
  | { readonly do: 'await'; readonly task: number }
  | { readonly do: 'cancel task'; readonly task: number; readonly why: Why }
  | { readonly do: 'cancel group'; readonly up: Up; readonly why: Why }
  | {
      readonly do: 'try';
      readonly steps: Step[];
      readonly swallow: boolean;
      readonly cleanUp: Step[];
    }
  | { readonly do: 'join' }
  /** A listener, called in the midst of a cancellation. */
  | { readonly do: 'on abort'; readonly of: Up; readonly then: Step }
  | { readonly do: 'group'; readonly group: GroupSpec }
  | { readonly do: 'timeout'; readonly timeout: TimeoutSpec };

/**
 * How a wait tells that it was cancelled: the ways that are about on the platforms and among clients,
 * and two in which it is no longer the cancellation, but a failure that was caused by it.
 */
export type Shape =
  'reason' | 'cause' | 'bare' | 'aggregate' | 'named' | 'wrapped' | 'partly wrapped';
export type Thrown = 'error' | 'undefined' | 'string' | 'frozen' | "a stranger's AbortError";
export type Why = 'none' | 'error' | 'string' | 'null';

export interface TaskSpec {
  readonly background: boolean;
  /** A function that is not async: of its steps only those happen that need no waiting. */
  readonly sync: boolean;
  readonly steps: Step[];
}

export interface GroupSpec {
  /** `using` without `join` is the program that `mooring/require-join` reports. */
  readonly form: 'run' | 'using, joined' | 'using, not joined';
  readonly shielded: boolean;
  readonly limit: number | undefined;
  readonly supervision: 'none' | 'handles' | 'throws';
  readonly steps: Step[];
}

export interface TimeoutSpec {
  readonly form: 'block' | 'using';
  readonly shielded: boolean;
  readonly expires: 'never' | 'far' | 'some time' | 'past';
  readonly steps: Step[];
}

export interface Program {
  readonly group: GroupSpec;
  /** The outermost signal aborts at some time. */
  readonly cancelled: Why | undefined;
  /** How many events happen in one turn of the event loop, over and over. */
  readonly bursts: number[];
}

const up = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 3 }));
const shape = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Shape>('reason', 'cause', 'bare', 'aggregate', 'named'),
  },
  { weight: 1, arbitrary: fc.constantFrom<Shape>('wrapped', 'partly wrapped') },
);
const why = fc.constantFrom<Why>('none', 'error', 'string', 'null');
const task = fc.nat({ max: 4 });
const thrown = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Thrown>('error') },
  fc.constantFrom<Thrown>('undefined', 'string', 'frozen', "a stranger's AbortError"),
);
const rarely = fc.nat({ max: 5 }).map((n) => n === 5);

const { group, step } = fc.letrec<{
  step: Step;
  sudden: Step;
  steps: Step[];
  task: TaskSpec;
  group: GroupSpec;
  timeout: TimeoutSpec;
}>((tie) => ({
  step: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true, depthIdentifier: 'program' },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('pause') }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('wait'), on: up, shape }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('park'), on: up, shape }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('throw'), what: thrown }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('await'), task }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel task'), task, why }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel group'), up, why }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('join') }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('on abort'), of: up, then: tie('sudden') }),
    },
    {
      weight: 12,
      arbitrary: fc.record({ do: fc.constant('spawn'), into: up, task: tie('task') }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('try'),
        steps: tie('steps'),
        swallow: fc.boolean(),
        cleanUp: tie('steps'),
      }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('group'), group: tie('group') }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('timeout'), timeout: tie('timeout') }) },
  ),
  sudden: fc.oneof(
    { depthIdentifier: 'program' },
    fc.record({ do: fc.constant('cancel group'), up, why }),
    fc.record({ do: fc.constant('spawn'), into: up, task: tie('task') }),
  ),
  steps: fc.array(tie('step'), { maxLength: 5, depthIdentifier: 'program', size: 'medium' }),
  task: fc.record({ background: rarely, sync: rarely, steps: tie('steps') }),
  group: fc.record({
    form: fc.oneof(
      { weight: 4, arbitrary: fc.constant('run' as const) },
      fc.constantFrom('using, joined' as const, 'using, not joined' as const),
    ),
    shielded: rarely,
    limit: fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      fc.integer({ min: 1, max: 3 }),
    ),
    supervision: fc.oneof(
      { weight: 4, arbitrary: fc.constant('none' as const) },
      fc.constantFrom('handles' as const, 'throws' as const),
    ),
    steps: fc
      .tuple(
        // Most bodies start with the tasks that the group is for.
        fc.array(fc.record({ do: fc.constant('spawn'), into: fc.constant(0), task: tie('task') }), {
          maxLength: 4,
          depthIdentifier: 'program',
        }),
        tie('steps'),
      )
      .map(([spawns, steps]) => [...(spawns as Step[]), ...steps]),
  }),
  timeout: fc.record({
    form: fc.constantFrom('block' as const, 'using' as const),
    shielded: rarely,
    expires: fc.oneof(
      { weight: 4, arbitrary: fc.constant('some time' as const) },
      fc.constantFrom('never' as const, 'far' as const, 'past' as const),
    ),
    steps: tie('steps'),
  }),
})) as unknown as { group: fc.Arbitrary<GroupSpec>; step: fc.Arbitrary<Step> };

export const programs: fc.Arbitrary<Program> = fc.record({
  // The outermost steps are many: the depth of the rest is bounded by what is already nested.
  group: fc
    .record({ group, steps: fc.array(step, { minLength: 1, maxLength: 8 }) })
    .map((outer) => ({ ...outer.group, steps: [...outer.group.steps, ...outer.steps] })),
  cancelled: fc.option(why, { nil: undefined, freq: 1 }),
  bursts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
});
