import { describeRule } from '../support/describe-rule.js';

const LOAD =
  'declare function load(url: string, options: { signal: AbortSignal }): Promise<string>;';

describeRule('no-cancellation-by-name', {
  allows: {
    'an error of another name': `
      declare function load(url: string, options: { signal: AbortSignal }): Promise<string>;
      export async function page(url: string, signal: AbortSignal) {
        try {
          return await load(url, { signal });
        } catch (error) {
          if (error instanceof DOMException && error.name === 'TimeoutError') return '';
          if (error instanceof DOMException && error.code !== 20) return '';
          throw error;
        }
      }
    `,
    'code that asks the signal as well, to tell one abort from another': `
      declare function load(url: string, options: { signal: AbortSignal }): Promise<string>;
      export async function first(url: string, signal: AbortSignal) {
        const own = AbortSignal.any([signal, AbortSignal.timeout(100)]);
        try {
          return await load(url, { signal: own });
        } catch (error) {
          if (error instanceof Error && error.name === 'AbortError') {
            if (signal.aborted) throw error;
            return 'late';
          }
          throw error;
        }
      }
      export const second = (url: string, signal: AbortSignal) =>
        load(url, { signal }).catch((error: unknown) => {
          if (error instanceof DOMException && error.name === 'AbortError') return '';
          if (!signal.aborted) throw error;
          return '';
        });
      export async function third(url: string, stop: AbortSignal, signal: AbortSignal) {
        try {
          return await load(url, { signal });
        } catch (error) {
          if ((error as Error).name === 'AbortError' && stop.aborted) return '';
          throw error;
        }
      }
    `,
    'a scope that the work has nothing to do with': `
      declare function query(text: string): Promise<string>;
      export async function find(text: string, signal: AbortSignal) {
        signal.throwIfAborted();
        try {
          return await query(text);
        } catch (error) {
          if (error instanceof Error && error.name === 'AbortError') return '';
          throw error;
        }
      }
    `,
    'identity, asked of the scope': `
      import { isCancellation, type TaskContext } from 'mooring';
      ${LOAD}
      export async function page(url: string, context: TaskContext) {
        try {
          return await load(url, context);
        } catch (error) {
          if (isCancellation(error, context)) throw error;
          return 'none';
        }
      }
    `,
    'a name where no scope is in reach': `
      declare function load(url: string): Promise<string>;
      export async function page(url: string) {
        try {
          return await load(url);
        } catch (error) {
          if ((error as Error).name === 'AbortError') return 'cut';
          throw error;
        }
      }
    `,
    'another name': `
      ${LOAD}
      export async function page(url: string, signal: AbortSignal) {
        try {
          return await load(url, { signal });
        } catch (error) {
          if ((error as Error).name === 'SyntaxError') return 'bad';
          throw error;
        }
      }
    `,
    'a name for a scope that is hidden by another': `
      export function nameOf(signal: AbortSignal) {
        return (signal: string, error: Error) => signal + (error.name === 'AbortError' ? '!' : '');
      }
    `,
  },
  reports: {
    'the name of the error, with a signal at hand': {
      code: `
        import { isCancellation } from 'mooring';
        ${LOAD}
        export async function page(url: string, signal: AbortSignal) {
          try {
            return await load(url, { signal });
          } catch (error) {
            if (error instanceof Error && error.name === 'AbortError') return 'cut';
                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ byName
            console.log(isCancellation);
            throw error;
          }
        }
      `,
      suggests: [
        [
          `
            import { isCancellation } from 'mooring';
            ${LOAD}
            export async function page(url: string, signal: AbortSignal) {
              try {
                return await load(url, { signal });
              } catch (error) {
                if (isCancellation(error, { signal })) return 'cut';
                console.log(isCancellation);
                throw error;
              }
            }
          `,
        ],
      ],
    },
    'the code, the class of the platform, and no cancellation': `
      import type { TaskContext } from 'mooring';
      export function kindOf(error: any, context: TaskContext) {
        if (error?.code === 'ABORT_ERR') return 'code';
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~ byName
        if (error instanceof DOMException) return 'class';
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ byName
        if ('AbortError' !== error.name) return 'failure';
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~ byName
        return context.signal.aborted ? 'late' : 'none';
      }
    `,
    'in a task, whose own scope is the nearest': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function pages(urls: readonly string[], signal: AbortSignal) {
        await TaskGroup.map(urls, async (url, context) => {
          await load(url, context).catch((error: Error) => {
            if (error.name !== 'AbortError') throw error;
                ~~~~~~~~~~~~~~~~~~~~~~~~~~~ byName
          });
        }, { signal });
      }
    `,
  },
  misses: {
    'a name in a switch': `
      export function kindOf(error: Error, signal: AbortSignal) {
        switch (error.name) {
          case 'AbortError':
            return signal.aborted;
          default:
            return false;
        }
      }
    `,
  },
});
