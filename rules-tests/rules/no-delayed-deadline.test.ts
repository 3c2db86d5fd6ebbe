import { describeRule } from '../support/describe-rule.js';

describeRule('no-delayed-deadline', {
  allows: {
    'a deadline that is made where it is used': `
      export const load = (url: string) => fetch(url, { signal: AbortSignal.timeout(1_000) });
    `,
    'a deadline for a block': `
      import { timeout } from 'mooring';
      export async function load(url: string) {
        using deadline = timeout(1_000);
        return await fetch(url, { signal: deadline.signal });
      }
    `,
    'a deadline of a script, which uses it at once': `
      const signal = AbortSignal.timeout(60_000);
      const response = await fetch('https://example.com', { signal });
      console.log(response.status);
    `,
    'a block with a deadline, whose result is kept': `
      import { timeout } from 'mooring';
      declare function load(options: { signal: AbortSignal }): Promise<string>;
      export const page = await timeout(1_000, (deadline) => load(deadline));
    `,
    'a field that a method makes anew for a local use': `
      export class Client {
        load(url: string) {
          const signal = AbortSignal.timeout(1_000);
          return fetch(url, { signal });
        }
      }
    `,
  },
  reports: {
    'in a field': {
      code: `
      export class Client {
        readonly #signal = AbortSignal.timeout(5_000);
                           ~~~~~~~~~~~~~~~~~~~~~~~~~~ field
        load(url: string) {
          return fetch(url, { signal: this.#signal });
        }
      }
    `,
      suggests: [
        [
          `
      export class Client {
        get #signal() { return AbortSignal.timeout(5_000); }
        load(url: string) {
          return fetch(url, { signal: this.#signal });
        }
      }
    `,
        ],
      ],
    },
    'in a field with a type, and in one that is assigned': {
      code: `
      export class Client {
        protected static readonly limit: AbortSignal = AbortSignal.timeout(5_000);
                                                       ~~~~~~~~~~~~~~~~~~~~~~~~~~ field
        other = AbortSignal.timeout(5_000);
                ~~~~~~~~~~~~~~~~~~~~~~~~~~ field
        set(signal: AbortSignal) { this.other = signal; }
      }
    `,
      suggests: [
        [
          `
      export class Client {
        protected static get limit(): AbortSignal { return AbortSignal.timeout(5_000); }
        other = AbortSignal.timeout(5_000);
        set(signal: AbortSignal) { this.other = signal; }
      }
    `,
        ],
        [],
      ],
    },
    'in a constant of the module': {
      code: `
      const signal = AbortSignal.timeout(5_000);
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~ constant
      const init = { method: 'POST', signal: AbortSignal.timeout(1_000) };
                                             ~~~~~~~~~~~~~~~~~~~~~~~~~~ constant
      export const load = (url: string) => fetch(url, { signal });
      export const save = (url: string) => fetch(url, signal.aborted ? {} : init);
    `,
      suggests: [
        [
          `
      const signal = () => AbortSignal.timeout(5_000);
      const init = { method: 'POST', signal: AbortSignal.timeout(1_000) };
      export const load = (url: string) => fetch(url, { signal: signal() });
      export const save = (url: string) => fetch(url, signal().aborted ? {} : init);
    `,
        ],
        [
          `
      const signal = AbortSignal.timeout(5_000);
      const init = () => ({ method: 'POST', signal: AbortSignal.timeout(1_000) });
      export const load = (url: string) => fetch(url, { signal });
      export const save = (url: string) => fetch(url, signal.aborted ? {} : init());
    `,
        ],
      ],
    },
    'in a constructor, among options': `
      export class Client {
        readonly options: RequestInit;
        constructor() {
          this.options = { method: 'POST', signal: AbortSignal.timeout(5_000) };
                                                   ~~~~~~~~~~~~~~~~~~~~~~~~~~ field
        }
      }
    `,
    'in a constant of the module, combined with another': `
      const closing = new AbortController();
      const defaults = { signal: AbortSignal.any([closing.signal, AbortSignal.timeout(5_000)]) };
                                                                  ~~~~~~~~~~~~~~~~~~~~~~~~~~ constant
      export const load = (url: string) => fetch(url, defaults);
    `,
    'a timeout of the runtime, exported': `
      import { timeout } from 'mooring';
      export const deadline = timeout(5_000);
                              ~~~~~~~~~~~~~~ constant
    `,
  },
  misses: {
    'one that a function gives and a field keeps': `
      const within = (ms: number) => AbortSignal.timeout(ms);
      export class Client {
        readonly signal = within(5_000);
      }
    `,
  },
});
