import { describeRule } from '../support/describe-rule.js';

const start = `
  import { sleep } from 'mooring';
  declare const state: { isUp: boolean; size: number };
  declare function ask(): Promise<boolean>;
`;

describeRule('no-busy-wait', {
  allows: {
    'a heartbeat': `${start}
      export async function beat(signal: AbortSignal) {
        while (true) await sleep(1_000, { signal });
      }
      export async function other(signal: AbortSignal) {
        while (!signal.aborted) await sleep(1_000, { signal });
      }
    `,
    'a bounded number of times': `${start}
      export async function wait(tries: number, end: number) {
        while (!state.isUp && tries-- > 0) await sleep(10);
        while (!state.isUp && Date.now() < end) await sleep(10);
      }
    `,
    'a question to somebody else': `${start}
      export async function wait() {
        while (!(await ask())) await sleep(1_000);
      }
    `,
    'a loop that does something': `${start}
      export async function wait() {
        while (!state.isUp) {
          console.log('not yet');
          await sleep(10);
        }
      }
    `,
  },
  reports: {
    'a loop that sleeps until something is so': `${start}
      export async function wait() {
        while (!state.isUp) await sleep(10);
               ~~~~~~~~~~~ polls
        do {
          await new Promise((resolve) => setTimeout(resolve, 10));
        } while (state.size === 0);
                 ~~~~~~~~~~~~~~~~ polls
      }
    `,
  },
  misses: {
    'a condition in the loop': `${start}
      export async function wait() {
        for (;;) {
          if (state.isUp) return;
          await sleep(10);
        }
      }
    `,
  },
});
