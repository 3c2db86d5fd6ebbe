/** A timer on virtual time. */
export interface VirtualTimer {
  /** On the clock of {@link VirtualTime.now}. */
  due: number;
  /** Keeps a process alive. One that does not is no fault when it is left behind. */
  isRef: boolean;
  /** Comes after the others of its moment: whoever waits for the clock sees what was due. */
  readonly isLast?: boolean;
  readonly what: string;
  run(): void;
}

/** Where the clock's driver finds what is due next: ours, or the fake timers of a test library. */
export interface TimeSource {
  /** How many timers fall due next, at one moment; 0 when none is armed. */
  readonly due: number;
  /** Moves the time to that moment and runs the n-th of them, in the order they were armed. */
  fire(n: number): void;
  /** Calls `callback` in so many milliseconds, after everything else that is due then. */
  after(ms: number, callback: () => void): void;
  /** Milliseconds since the clock began. */
  readonly now: number;
  /** The program waits for a turn of the event loop. */
  readonly isInTurn: boolean;
  /** What is armed and would keep a process alive, in words. */
  readonly left: readonly string[];
  install(): void;
  uninstall(): void;
}

/** The timers that are armed, in the order in which they are due, and the time. */
export class VirtualTime {
  /** Milliseconds since the clock began. */
  now = 0;
  readonly timers: VirtualTimer[] = [];

  add(timer: VirtualTimer): void {
    let place = this.timers.length;
    while (place > 0 && isBefore(timer, this.timers[place - 1]!)) place--;
    this.timers.splice(place, 0, timer);
  }

  remove(timer: VirtualTimer): boolean {
    const place = this.timers.indexOf(timer);
    if (place >= 0) this.timers.splice(place, 1);
    return place >= 0;
  }

  /** How many timers are due at the next moment, the last-comers only when nothing else is. */
  get due(): number {
    const [first] = this.timers;
    if (!first) return 0;
    const end = this.timers.findIndex(
      ({ due, isLast }) => due !== first.due || !!isLast !== !!first.isLast,
    );
    return end < 0 ? this.timers.length : end;
  }

  fire(n: number): void {
    const [timer] = this.timers.splice(n, 1);
    if (!timer) return;
    this.now = Math.max(this.now, timer.due);
    timer.run();
  }
}

function isBefore(timer: VirtualTimer, other: VirtualTimer): boolean {
  return timer.due < other.due || (timer.due === other.due && !timer.isLast && !!other.isLast);
}
