/** What a program of the model is made of. */

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
  | { readonly do: 'timeout'; readonly timeout: TimeoutSpec }
  | { readonly do: 'start'; readonly into: Up; readonly start: StartSpec }
  /** Waits for room, and may create a task then. */
  | { readonly do: 'room'; readonly in: Up; readonly task: TaskSpec | undefined }
  | { readonly do: 'contest'; readonly contest: ContestSpec }
  | { readonly do: 'iterate'; readonly iteration: IterationSpec };

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
  /** `shared`: all groups of the program that have it share one. */
  readonly limit: number | 'shared' | undefined;
  readonly supervision: 'none' | 'handles' | 'throws';
  readonly steps: Step[];
}

export interface TimeoutSpec {
  readonly form: 'block' | 'using';
  readonly shielded: boolean;
  readonly expires: 'never' | 'far' | 'some time' | 'past';
  readonly steps: Step[];
}

/** A task that says when it is up, as often as `ready`. */
export interface StartSpec {
  readonly background: boolean;
  readonly before: Step[];
  readonly ready: 0 | 1 | 2;
  readonly after: Step[];
  /** Given the scope that the call stands in, where that is further in than the group. */
  readonly scoped: boolean;
}

/** `any` or `race`, and what is done with what the winner has given. */
export interface ContestSpec {
  readonly form: 'any' | 'race';
  readonly works: Step[][];
  readonly use: Step[];
}

/** `for await (… of TaskGroup.mapIterable(…))` */
export interface IterationSpec {
  readonly works: Step[][];
  readonly limit: number | 'shared' | undefined;
  readonly body: Step[];
  /** Breaks out of the loop once it has that many. */
  readonly takes: number;
}

export interface Program {
  readonly group: GroupSpec;
  /** The outermost signal aborts at some time. */
  readonly cancelled: Why | undefined;
  /** How many events happen in one turn of the event loop, over and over. */
  readonly bursts: number[];
}
