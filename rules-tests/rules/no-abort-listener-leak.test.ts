import { describeRule } from '../support/describe-rule.js';

describeRule('no-abort-listener-leak', {
  allows: {
    'a listener that is removed': `
      declare function work(): Promise<void>;
      export async function load(signal: AbortSignal) {
        const stop = () => console.log('stop');
        signal.addEventListener('abort', stop);
        try {
          await work();
        } finally {
          signal.removeEventListener('abort', stop);
        }
      }
    `,
    'a listener with a signal of its own': `
      export function load(signal: AbortSignal, done: AbortSignal) {
        signal.addEventListener('abort', () => console.log('stop'), { signal: done });
      }
    `,
    'a signal that is made here, or that a task has of its own': `
      import { type TaskGroup } from 'mooring';
      export function load(group: TaskGroup) {
        const controller = new AbortController();
        controller.signal.addEventListener('abort', () => console.log('stop'));
        group.createTask(async ({ signal }) => {
          signal.addEventListener('abort', () => console.log('stop'));
        });
        return controller;
      }
    `,
    'an event of that name on something else': `
      export function load(request: XMLHttpRequest) {
        request.addEventListener('abort', () => console.log('stop'));
      }
    `,
  },
  reports: {
    'a listener that the work needs': {
      code: `
        declare function work(): Promise<void>;
        export async function load(signal: AbortSignal, stop: () => void) {
          signal.addEventListener('abort', stop, { once: true });
          ~~~~~~~~~~~~~~~~~~~~~~~ stays
          await work();

          return 1;
        }
      `,
      suggests: [
        [
          `
        declare function work(): Promise<void>;
        export async function load(signal: AbortSignal, stop: () => void) {
          signal.addEventListener('abort', stop, { once: true });
          try {
            await work();

            return 1;
          } finally {
            signal.removeEventListener('abort', stop);
          }
        }
      `,
        ],
      ],
    },
    'in a function that is over before the work is': {
      code: `
        declare function work(): Promise<void>;
        export function load(signal: AbortSignal, stop: () => void) {
          signal.addEventListener('abort', stop);
          ~~~~~~~~~~~~~~~~~~~~~~~ stays
          return work();
        }
      `,
      suggests: [[]],
    },
    'a listener that stays': `
      export function load(signal: AbortSignal, options: { signal?: AbortSignal }) {
        signal.addEventListener('abort', () => console.log('stop'));
        ~~~~~~~~~~~~~~~~~~~~~~~ stays
        options.signal?.addEventListener('abort', () => console.log('stop'), { once: true });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ stays
      }
    `,
  },
  misses: {
    'a file that removes another listener': `
      export function load(signal: AbortSignal, other: EventTarget, stop: () => void) {
        other.removeEventListener('abort', stop);
        signal.addEventListener('abort', stop);
      }
    `,
    'an object that is gone before the signal': `
      export class Job {
        constructor(signal: AbortSignal) {
          signal.addEventListener('abort', () => console.log(this));
        }
      }
    `,
  },
});
