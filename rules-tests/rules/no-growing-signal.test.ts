import { describeRule } from '../support/describe-rule.js';

describeRule('no-growing-signal', {
  allows: {
    'a signal of each round': `
      declare function step(signal: AbortSignal): Promise<boolean>;
      export async function poll(outer: AbortSignal) {
        for (;;) {
          const signal = AbortSignal.any([outer, AbortSignal.timeout(1_000)]);
          if (await step(signal)) return;
        }
      }
    `,
    'a listener that is removed in the same round': `
      declare function step(stop: () => void): Promise<void>;
      export async function poll(signal: AbortSignal) {
        while (!signal.aborted) {
          const stop = () => console.log('stop');
          signal.addEventListener('abort', stop);
          await step(stop);
          signal.removeEventListener('abort', stop);
        }
      }
    `,
    'a listener that another signal takes away': `
      export async function poll(signal: AbortSignal, rounds: readonly AbortSignal[]) {
        for (const round of rounds) {
          signal.addEventListener('abort', () => console.log('stop'), { signal: round });
        }
      }
    `,
    'a listener before the loop': `
      declare function step(): Promise<void>;
      export async function poll(signal: AbortSignal) {
        signal.addEventListener('abort', () => console.log('stop'));
        while (!signal.aborted) await step();
      }
    `,
    'a signal that the round has made': `
      export function watch(controllers: readonly AbortController[]) {
        for (const { signal } of controllers) {
          signal.addEventListener('abort', () => console.log('stop'));
        }
      }
    `,
    'an event of that name on something else': `
      export function watch(request: XMLHttpRequest, names: readonly string[]) {
        for (const name of names) request.addEventListener('abort', () => console.log(name));
      }
    `,
    'the last round': `
      export function watch(signal: AbortSignal, names: readonly string[]) {
        for (const name of names) {
          if (name === 'stop') {
            signal.addEventListener('abort', () => console.log(name));
            break;
          }
        }
      }
    `,
  },
  reports: {
    'a signal of which each round wants its own': {
      code: `
        declare function step(options: { signal: AbortSignal }): Promise<boolean>;
        export async function poll(signal: AbortSignal) {
          while (!signal.aborted) {
            signal = AbortSignal.any([signal, AbortSignal.timeout(1_000)]);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ combined
            if (await step({ signal })) signal.throwIfAborted();
          }
        }
      `,
      suggests: [
        [
          `
        declare function step(options: { signal: AbortSignal }): Promise<boolean>;
        export async function poll(signal: AbortSignal) {
          while (!signal.aborted) {
            const ofRound = AbortSignal.any([signal, AbortSignal.timeout(1_000)]);
            if (await step({ signal: ofRound })) ofRound.throwIfAborted();
          }
        }
      `,
        ],
      ],
    },
    'one that is read when the loop is over': {
      code: `
        export function joined(signals: readonly AbortSignal[], signal: AbortSignal) {
          for (const next of signals) {
            signal = AbortSignal.any([signal, next]);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ combined
          }
          return signal;
        }
      `,
      suggests: [[]],
    },
    'a signal that is made of itself': `
      export function joined(signals: readonly AbortSignal[], first: AbortSignal) {
        let signal = first;
        for (const next of signals) signal = AbortSignal.any([signal, next]);
                                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ combined
        return signal;
      }
    `,
    'a listener in each round': `
      declare function step(): Promise<void>;
      export async function poll(signal: AbortSignal) {
        while (!signal.aborted) {
          signal.addEventListener('abort', () => console.log('stop'), { once: true });
          ~~~~~~~~~~~~~~~~~~~~~~~ listener
          await step();
        }
      }
    `,
    'a listener on the signal of a scope from outside': `
      import type { TaskContext } from 'mooring';
      export function watch(names: readonly string[], context: TaskContext) {
        for (const name of names) {
          context.signal.addEventListener('abort', () => console.log(name));
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ listener
        }
      }
    `,
  },
  misses: {
    'a loop that is a method of an array': `
      export function watch(names: readonly string[], signal: AbortSignal) {
        names.forEach((name) => signal.addEventListener('abort', () => console.log(name)));
      }
    `,
  },
});
