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
    'a controller that follows the signal at hand': `
      declare function link(signal: AbortSignal, controller: AbortController): void;
      export async function first(url: string, signal: AbortSignal) {
        const controller = new AbortController();
        signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
        return await fetch(url, { signal: controller.signal });
      }
      export async function second(url: string, options: { signal?: AbortSignal }) {
        const controller = new AbortController();
        const stop = () => controller.abort();
        options.signal?.addEventListener('abort', stop);
        return await fetch(url, { signal: controller.signal });
      }
      export async function third(url: string, signal: AbortSignal) {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 100);
        return await fetch(url, { signal: AbortSignal.any([signal, controller.signal]) });
      }
      export async function fourth(url: string, signal: AbortSignal) {
        const controller = new AbortController();
        link(signal, controller);
        return await fetch(url, { signal: controller.signal });
      }
      export async function fifth(url: string, signal: AbortSignal) {
        const controller = new AbortController();
        if (signal.aborted) controller.abort();
        signal.onabort = () => controller.abort();
        return await fetch(url, { signal: controller.signal });
      }
    `,
    'a controller that its maker gives away, and one of a clean-up': `
      export class Job {
        signals: AbortSignal[] = [];
        async run(signal: AbortSignal) {
          const controller = new AbortController();
          this.signals.push(controller.signal);
          await fetch('/', { signal: controller.signal });
          controller.abort();
        }
        async stop(signal: AbortSignal) {
          const controller = new AbortController();
          setTimeout(() => controller.abort(), 100);
          await fetch('/stop', { signal: controller.signal });
        }
      }
    `,
    'a controller with no signal at hand': `
      export async function load(url: string) {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 100);
        return await fetch(url, { signal: controller.signal });
      }
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
    'a controller that does not follow the signal at hand': {
      code: `
      export async function load(url: string, signal: AbortSignal) {
        signal.throwIfAborted();
        await fetch('/before', { signal });
        const controller = new AbortController();
                           ~~~~~~~~~~~~~~~~~~~~~ unlinked
        setTimeout(() => controller.abort(), 100);
        return await fetch(url, { signal: controller.signal });
      }
    `,
      suggests: [
        [
          `
      export async function load(url: string, signal: AbortSignal) {
        signal.throwIfAborted();
        await fetch('/before', { signal });
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 100);
        return await fetch(url, { signal: AbortSignal.any([signal, controller.signal]) });
      }
    `,
        ],
      ],
    },
    'a controller beside a scope of the runtime, and beside a signal that may be missing': `
      import { timeout } from 'mooring';
      declare function first(signal: AbortSignal): Promise<string>;
      export async function load(url: string, options: { signal?: AbortSignal }) {
        const controller = new AbortController();
                           ~~~~~~~~~~~~~~~~~~~~~ unlinked
        if (options.signal?.aborted) return;
        setTimeout(() => controller.abort(), 100);
        return await fetch(url, { signal: controller.signal });
      }
      export const both = () => timeout(100, async (deadline) => {
        deadline.signal.throwIfAborted();
        const controller = new AbortController();
                           ~~~~~~~~~~~~~~~~~~~~~ unlinked
        const found = await first(controller.signal);
        controller.abort();
        return found;
      });
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
    'a controller that a listener of something else follows': `
      export async function load(url: string, signal: AbortSignal, stop: EventTarget) {
        const controller = new AbortController();
        stop.addEventListener('stop', () => controller.abort(signal.reason));
        return await fetch(url, { signal: controller.signal });
      }
    `,
  },
});
