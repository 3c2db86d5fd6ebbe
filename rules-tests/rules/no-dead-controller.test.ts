import { describeRule } from '../support/describe-rule.js';

describeRule('no-dead-controller', {
  allows: {
    'a controller that is aborted': `
      export async function load(url: string) {
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), 100);
        try {
          return await fetch(url, { signal: controller.signal });
        } finally {
          clearTimeout(timer);
        }
      }
    `,
    'a controller that is returned, stored or handed on': `
      export function open(known: Set<AbortController>) {
        const first = new AbortController();
        const second = new AbortController();
        known.add(second);
        return { first, signals: [first.signal, second.signal] };
      }
      export class Job {
        controller = new AbortController();
        signal = this.controller.signal;
      }
      export const shared = new AbortController();
      export const { signal, abort } = shared as { signal: AbortSignal; abort: () => void };
    `,
    'a class of that name': `
      class AbortController { signal = 1; }
      export const signal = new AbortController().signal;
    `,
  },
  reports: {
    'a controller of which only the signal is used': `
      export async function load(url: string) {
        const controller = new AbortController();
                           ~~~~~~~~~~~~~~~~~~~~~ dead
        return await fetch(url, { signal: controller.signal });
      }
    `,
    'a controller without a name': `
      export async function load(url: string) {
        const { signal } = new AbortController();
                           ~~~~~~~~~~~~~~~~~~~~~ dead
        await fetch(url, { signal });
        await fetch(url, { signal: new AbortController().signal });
                                   ~~~~~~~~~~~~~~~~~~~~~ dead
      }
    `,
  },
  misses: {
    'a controller that is kept and never aborted': `
      class Job {
        #controller = new AbortController();
        load = () => fetch('/', { signal: this.#controller.signal });
      }
      export const job = new Job();
    `,
    'a controller that is not linked to the signal in reach': `
      export async function load(url: string, signal: AbortSignal) {
        const controller = new AbortController();
        setTimeout(() => controller.abort(signal.reason), 100);
        return await fetch(url, { signal: controller.signal });
      }
    `,
  },
});
