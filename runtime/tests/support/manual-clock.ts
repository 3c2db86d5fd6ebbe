import { afterEach, beforeEach, vi } from 'vitest';

/** Time that stands still until the test moves it. */
export interface ManualClock {
  /** Moves the time on and runs the timers that fall due, with everything that follows from them. */
  advance(ms: number): Promise<void>;
  /** The timers that are armed. */
  readonly timers: number;
}

/** Every test of the enclosing `describe` or file runs on a clock of its own. */
export function useManualClock(): ManualClock {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  return {
    advance: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
    },
    get timers() {
      return vi.getTimerCount();
    },
  };
}
