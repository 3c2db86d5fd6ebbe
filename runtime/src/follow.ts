import { reasonOf } from './reason.js';

/** A place in a ring: of those who follow one signal, or of those who are to be told. */
interface Link {
  previous: Link | undefined;
  next: Link | undefined;
}

/** A scope or a wait that ends when a signal aborts. */
export class Follower implements Link {
  previous: Link | undefined = undefined;
  next: Link | undefined = undefined;
  readonly signal: AbortSignal;
  /** Called once at most, and not after `leave`. */
  readonly cancel: (reason: unknown) => void;

  constructor(signal: AbortSignal, cancel: (reason: unknown) => void) {
    this.signal = signal;
    this.cancel = cancel;
  }

  /** Follows no longer. The listener goes with the last; nothing happens to one that has left. */
  leave(): void {
    const { previous, next } = this;
    if (!previous || !next) return;
    previous.next = next;
    next.previous = previous;
    this.previous = this.next = undefined;
    if (previous === next && next instanceof Followers) next.stop();
  }
}

/**
 * All that follow one signal: a ring of theirs that this closes, and the one listener for it.
 *
 *     signal ──listener──► ┌─► followers ◄──► group ◄──► timeout ◄──► sleep ◄─┐
 *                          └──────────────────────────────────────────────────┘
 *
 * A listener for each would warn of a leak from the eleventh on, and cost more the more there are:
 * the platform looks through all of them to add one, and to take one away.
 */
class Followers implements Link {
  previous: Link = this;
  next: Link = this;
  readonly #signal: AbortSignal;
  readonly #listener = (): void => {
    passOn(this);
    if (!isTelling) tell();
  };

  constructor(signal: AbortSignal, isWeak: boolean) {
    this.#signal = signal;
    if (isWeak) Reflect.set(this.#listener, weak, true);
  }

  add(follower: Follower): void {
    if (this.next === this) this.#signal.addEventListener('abort', this.#listener, { once: true });
    insert(follower, this);
  }

  stop(): void {
    this.#signal.removeEventListener('abort', this.#listener);
  }
}

function insert(link: Link, before: Link): void {
  const previous = before.previous!;
  previous.next = link;
  link.previous = previous;
  link.next = before;
  before.previous = link;
}

const followed = new WeakMap<AbortSignal, Followers>();
const followedWeakly = new WeakMap<AbortSignal, Followers>();

/** Marks a listener whose followers leave with the garbage: for who looks for listeners that are left. */
export const weak: unique symbol = Symbol.for('mooring.weak') as never;

/**
 * Calls `cancel` with the parent's reason when the parent aborts, at once if it has. Who follows must
 * leave when he ends, or is kept alive with the parent.
 */
export function follow(
  parent: AbortSignal | undefined,
  cancel: (reason: unknown) => void,
  isWeak = false,
): Follower | undefined {
  if (!parent) return undefined;
  if (parent.aborted) {
    cancel(reasonOf(parent));
    return undefined;
  }
  const all = isWeak ? followedWeakly : followed;
  let followers = all.get(parent);
  if (!followers) all.set(parent, (followers = new Followers(parent, isWeak)));
  const follower = new Follower(parent, cancel);
  followers.add(follower);
  return follower;
}

/** Those whose signal has aborted, and who have not been told yet: a ring that this closes. */
const due: Link = { previous: undefined, next: undefined };
due.previous = due.next = due;

/** Somebody tells them. */
let isTelling = false;

/** All of a ring come to the end of those to be told. */
function passOn(ring: Link): void {
  const { previous: last, next: first } = ring;
  if (first === ring) return;
  ring.previous = ring.next = ring;
  due.previous!.next = first;
  first!.previous = due.previous;
  last!.next = due;
  due.previous = last;
}

/**
 * Runs `abort`, which aborts signals, and then tells all who follow them, and all who follow those.
 * None tells his own: a tree of scopes is cancelled level by level, and however deep it is, the stack
 * is not.
 *
 *     group.cancel() ─► its tasks' signals abort ─► the groups in them are due
 *                       first of these ─► its tasks' signals abort ─► more are due …
 */
export function cascade(abort: () => void): void {
  const outer = isTelling;
  isTelling = true;
  try {
    abort();
  } finally {
    isTelling = outer;
    tell();
  }
}

function tell(): void {
  const outer = isTelling;
  isTelling = true;
  try {
    while (due.next !== due) {
      const follower = due.next as Follower;
      follower.leave();
      follower.cancel(reasonOf(follower.signal));
    }
  } finally {
    isTelling = outer;
    // Not by the fault of those who wait.
    if (due.next !== due) tell();
  }
}
