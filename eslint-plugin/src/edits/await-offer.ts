// What there is to say of an `await` where a promise floats. The advice of a report and its suggestions
// are made of the same answer, so that neither says what the other does not.
import type { FloatingValue } from '../syntax/floating-places.js';
import { type Harm, harmOfAwait } from './await-harm.js';
import { type MadeAsync, makeAsync } from './make-async.js';
import type { Place } from './place.js';

export interface AwaitOffer {
  /** What it would do harm by: then there is no offer. */
  readonly harm: Harm | undefined;
  /** How the function around is made async for it, where that may be. */
  readonly made: MadeAsync | undefined;
}

/** Who writes `void` says that nobody waits here. */
export function awaitOffer({ node, place: where }: FloatingValue, place: Place): AwaitOffer {
  const harm = harmOfAwait(node, place, where === 'void');
  let made: MadeAsync | undefined;
  let isAsked = harm !== undefined;
  return {
    harm,
    get made() {
      if (!isAsked) made = makeAsync(node, place);
      isAsked = true;
      return made;
    },
  };
}
