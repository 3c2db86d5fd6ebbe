import { MEMBER } from '../vocabulary.js';

/** How a scope is written. */
export interface ScopeText {
  /** Its signal: `deadline.signal`. */
  readonly signal: string;
  /** Itself, for a call that takes a scope whole: `deadline`. */
  readonly scope?: string | undefined;
  /** The signal may be missing, and what takes it takes no `undefined`. */
  readonly isPerhaps?: boolean;
}

/** A scope that has a name. */
export function scopeText(name: string): ScopeText {
  return { signal: `${name}.${MEMBER.signal}`, scope: name };
}
