import { describeRule } from '../support/describe-rule.js';

describeRule('prefer-throw-if-aborted', {
  allows: {
    'the call itself': `
      export function step(signal: AbortSignal) {
        signal.throwIfAborted();
      }
    `,
    'a test that returns': `
      export function step(signal: AbortSignal): number | undefined {
        if (signal.aborted) return undefined;
        return 1;
      }
    `,
    'a test that cleans up before it throws': `
      declare function release(): void;
      export function step(signal: AbortSignal) {
        if (signal.aborted) {
          release();
          throw signal.reason;
        }
      }
    `,
    'an error that says more than the reason does': `
      export function step(signal: AbortSignal, id: string) {
        if (signal.aborted) throw new Error(\`order \${id} was aborted\`, { cause: signal.reason });
      }
    `,
    'an error about something else': `
      export function step(signal: AbortSignal) {
        if (signal.aborted) throw new Error('there is no connection');
      }
    `,
    'the reason of another signal': `
      export function step(signal: AbortSignal, outer: AbortSignal) {
        if (signal.aborted) throw outer.reason;
      }
    `,
    'something else that can be aborted': `
      interface Upload { aborted: boolean; reason: Error }
      export function step(upload: Upload) {
        if (upload.aborted) throw upload.reason;
      }
    `,
    'one of several cases': `
      export function step(signal: AbortSignal, isDone: boolean) {
        if (isDone) return;
        else if (signal.aborted) throw signal.reason;
        else console.log('on it goes');
      }
    `,
    'an error of its own in the function of a test': `
      declare function it(name: string, run: (context: { signal: AbortSignal }) => void): void;
      it('ends', ({ signal }) => {
        if (signal.aborted) throw new Error('aborted');
      });
    `,
    'a signal that has no such method, as in an older library': `
      type OldSignal = Omit<AbortSignal, 'throwIfAborted'>;
      export function step(signal: OldSignal) {
        if (signal.aborted) throw signal.reason;
      }
    `,
    'in recommended an error of the platform, where nothing tells a cancellation by its reason': {
      code: `
        export function step(signal: AbortSignal) {
          if (signal.aborted) throw new Error('Aborted');
          if (signal.aborted) throw new DOMException('stop', 'AbortError');
        }
      `,
      options: { reports: 'mistakes' },
    },
    'in recommended an error of a class of the code': {
      code: `
        import { sleep } from 'mooring';
        import { ErrorAborted } from './errors.js';
        class CancelError extends Error {}
        export function step(signal: AbortSignal) {
          if (signal.aborted) throw new ErrorAborted('step');
          if (signal.aborted) throw new CancelError();
        }
      `,
      options: { reports: 'mistakes' },
    },
  },
  reports: {
    'a test that throws the reason': {
      code: `
        declare function it(name: string, run: (context: { signal: AbortSignal }) => void): void;
        it('ends', ({ signal }) => {
          if (signal.aborted) throw signal.reason;
              ~~~~~~~~~~~~~~ writtenOut
        });
      `,
      fixed: `
        declare function it(name: string, run: (context: { signal: AbortSignal }) => void): void;
        it('ends', ({ signal }) => {
          signal.throwIfAborted();
        });
      `,
    },
    'the reason, thrown by hand': {
      code: `
        export function step(signal: AbortSignal) {
          if (signal.aborted) throw signal.reason;
              ~~~~~~~~~~~~~~ writtenOut
        }
      `,
      fixed: `
        export function step(signal: AbortSignal) {
          signal.throwIfAborted();
        }
      `,
    },
    'in a block, of a signal that may not be there': {
      code: `
        export function step(options: { signal?: AbortSignal }) {
          if (options.signal?.aborted) {
              ~~~~~~~~~~~~~~~~~~~~~~~ writtenOut
            throw options.signal.reason;
          }
        }
      `,
      fixed: `
        export function step(options: { signal?: AbortSignal }) {
          options.signal?.throwIfAborted();
        }
      `,
    },
    'an error of its own': {
      code: `
        export function step(signal: AbortSignal) {
          if (signal.aborted) throw new Error('Aborted');
              ~~~~~~~~~~~~~~ otherError
        }
      `,
      suggests: [
        [
          `
            export function step(signal: AbortSignal) {
              signal.throwIfAborted();
            }
          `,
        ],
      ],
    },
    'in recommended the reason, written out': {
      code: `
        export function step(signal: AbortSignal) {
          if (signal.aborted) throw signal.reason;
              ~~~~~~~~~~~~~~ writtenOut
        }
      `,
      options: { reports: 'mistakes' },
      fixed: `
        export function step(signal: AbortSignal) {
          signal.throwIfAborted();
        }
      `,
    },
    'in recommended an error of the platform, in a file that uses the runtime': {
      code: `
        import { sleep } from 'mooring';
        export function step(signal: AbortSignal) {
          if (signal.aborted) throw new Error('Aborted');
              ~~~~~~~~~~~~~~ otherError
          if (signal.aborted) throw new DOMException('stop', 'AbortError');
              ~~~~~~~~~~~~~~ otherError
        }
      `,
      options: { reports: 'mistakes' },
    },
    'an error of the platform': `
      export async function step({ signal }: { signal: AbortSignal }) {
        if (signal.aborted) throw new DOMException('stop', 'AbortError');
            ~~~~~~~~~~~~~~ otherError
      }
    `,
    'an error of a class by which other code may tell a cancellation: no suggestion': {
      code: `
        import { AbortedError as Aborted } from './errors.js';
        class CancelError extends Error {}
        const Stopped = class extends Error {};
        export async function step({ signal }: { signal: AbortSignal }) {
          if (signal.aborted) throw new CancelError();
              ~~~~~~~~~~~~~~ ownError
          if (signal.aborted) throw new Aborted('request');
              ~~~~~~~~~~~~~~ ownError
          if (signal.aborted) throw new Stopped('cancelled');
              ~~~~~~~~~~~~~~ ownError
        }
      `,
      suggests: [[], [], []],
    },
    'a comment inside is kept: no fix': {
      code: `
        export function step(signal: AbortSignal) {
          if (signal.aborted) {
              ~~~~~~~~~~~~~~ writtenOut
            // The user has gone.
            throw signal.reason;
          }
        }
      `,
      fixed: `
        export function step(signal: AbortSignal) {
          if (signal.aborted) {
            // The user has gone.
            throw signal.reason;
          }
        }
      `,
    },
  },
  misses: {
    'a test of another name for the state': `
      export function step(signal: AbortSignal) {
        const { aborted } = signal;
        if (aborted) throw signal.reason;
      }
    `,
  },
});
