/** Opens deadlines, in both forms, and checks how they end. */
import { timeout, type Timeout } from 'mooring';

import { TimeoutModel } from './exits.js';
import type { Outcome } from './model.js';
import type { TimeoutSpec } from './steps.js';
import type { Scope } from './scopes.js';
import { observe, outcomeOf, type Place, type World } from './world.js';

const FAR = 3_600_000;

export async function deadline(world: World, spec: TimeoutSpec, place: Place): Promise<void> {
  const parent = spec.shielded ? undefined : place.scopes[0];
  const options = parent ? { signal: parent.signal() } : {};
  const when = spec.expires === 'past' ? -1 : spec.expires === 'far' ? FAR : undefined;
  if (spec.form === 'using') {
    const real = timeout(when, options);
    const model = open(world, parent, spec, real);
    try {
      await world.steps(spec.steps, { ...place, scopes: [model, ...place.scopes] });
    } finally {
      real[Symbol.dispose]();
      model.end();
    }
    return;
  }
  let verdict: ((seen: Outcome) => string | undefined) | undefined;
  const wasCancelled = !!parent?.cause;
  const outcome = await outcomeOf(
    timeout(
      when,
      (real) => {
        const model = open(world, parent, spec, real);
        const body = world.steps(spec.steps, { ...place, scopes: [model, ...place.scopes] });
        observe(body, (end) => {
          verdict = model.bodyEnds(end, world.coverage);
        });
        return body;
      },
      options,
    ),
  );
  if (verdict) world.report('timeout', verdict(outcome), outcome);
  else checkUncalled(world, outcome, wasCancelled ? parent : undefined);
  if ('error' in outcome) throw outcome.error;
}

function checkUncalled(world: World, outcome: Outcome, parent: Scope | undefined): void {
  if (!parent) world.met('T2 the deadline had passed');
  const error = 'error' in outcome ? outcome.error : undefined;
  const fits = parent
    ? error === parent.reason
    : (error as Error | undefined)?.name === 'TimeoutError';
  if (!fits) world.violation('a timeout that called no body rejects with something else');
}

function open(
  world: World,
  parent: Scope | undefined,
  spec: TimeoutSpec,
  real: Timeout,
): TimeoutModel {
  const model = new TimeoutModel(parent, () => real.signal);
  world.timeouts.push({ model, real });
  if (spec.expires === 'past') model.expires();
  if (spec.expires === 'some time') {
    world.later('deadline', () => {
      if (model.ended) return;
      model.expires();
      real.reschedule(-1);
    });
  }
  return model;
}
