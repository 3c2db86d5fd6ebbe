// The states that a path can be in, as the walk carries them along.

/** A set of states, one bit for each. Empty: no path leads here. */
export type States = number;
/** No open event so far, or closed since. */
export const WAITING = 1;
/** Open. */
export const OPEN = 2;
/** Open, on a path that may not exist. */
export const DOUBTFUL = 4;

/** The same paths, in doubt. */
export function doubtful(states: States): States {
  return (states & OPEN) === 0 ? states : (states & ~OPEN) | DOUBTFUL;
}
