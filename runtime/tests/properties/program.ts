/** Programs to run: what a random user might write with groups, limits, deadlines and clean-ups. */
import fc from 'fast-check';

import type {
  ContestSpec,
  GroupSpec,
  IterationSpec,
  Program,
  Shape,
  StartSpec,
  Step,
  TaskSpec,
  Thrown,
  TimeoutSpec,
  Why,
} from './steps.js';

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
const limit = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.constant('shared' as const) },
);
const rarely = fc.nat({ max: 5 }).map((n) => n === 5);

const { group, step } = fc.letrec<{
  step: Step;
  sudden: Step;
  steps: Step[];
  task: TaskSpec;
  group: GroupSpec;
  timeout: TimeoutSpec;
  works: Step[][];
  start: StartSpec;
  contest: ContestSpec;
  iteration: IterationSpec;
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
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('start'), into: up, start: tie('start') }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('room'),
        in: up,
        task: fc.option(tie('task'), { nil: undefined }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('contest'), contest: tie('contest') }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('iterate'), iteration: tie('iteration') }),
    },
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
    limit,
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
  works: fc.array(tie('steps'), { minLength: 1, maxLength: 3, depthIdentifier: 'program' }),
  start: fc.record({
    background: rarely,
    before: tie('steps'),
    ready: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1 as const) },
      fc.constantFrom(0 as const, 2 as const),
    ),
    after: tie('steps'),
    scoped: fc.boolean(),
  }),
  contest: fc.record({
    form: fc.constantFrom('any' as const, 'race' as const),
    works: tie('works'),
    use: tie('steps'),
  }),
  iteration: fc.record({
    works: tie('works'),
    limit,
    body: tie('steps'),
    takes: fc.oneof(fc.constant(Infinity), fc.nat({ max: 2 })),
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
