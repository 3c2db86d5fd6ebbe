import { describeRule } from '../support/describe-rule.js';

describeRule('no-timeout-parameter', {
  allows: {
    'a signal': `
      export async function load(url: string, signal: AbortSignal) {
        return await fetch(url, { signal });
      }
    `,
    'a timeout beside a signal': `
      export async function load(url: string, timeout: number, options: { signal: AbortSignal }) {
        return await fetch(url, { signal: AbortSignal.any([options.signal, AbortSignal.timeout(timeout)]) });
      }
    `,
    'a function that is not async': `
      export function limit(timeout: number) { return AbortSignal.timeout(timeout); }
    `,
    'a method that others have declared': `
      interface Client { load(timeout: number): Promise<void> }
      export class Other implements Client {
        async load(timeout: number) { console.log(timeout); }
      }
      export const client: Client = { async load(timeout) { console.log(timeout); } };
    `,
    'a function that somebody else calls, with what he has': `
      import { timeout } from 'mooring';
      declare function every(ms: number, body: (timeout: number) => Promise<void>): void;
      declare class Job { constructor(body: (deadline: Date) => Promise<void>) }
      export const first = () => timeout(100, async (deadline) => fetch('/', deadline));
      export const second = () => { every(100, async (timeout) => { console.log(timeout); }); };
      export const third = () => new Job(async function (deadline) { console.log(deadline); });
    `,
    'a number of another kind': `
      export async function load(retries: number, onTimeout: () => void) {
        console.log(retries, onTimeout);
      }
    `,
  },
  reports: {
    'a timeout in milliseconds': `
      export async function load(url: string, timeoutMs = 1_000) {
                                              ~~~~~~~~~ takesTime
        return await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      }
      export const other = async (timeout: number) => console.log(timeout);
                                  ~~~~~~~ takesTime
      export class Client {
        async load(deadline: Date) { console.log(deadline); }
                   ~~~~~~~~ takesTime
      }
    `,
  },
  misses: {
    'a property of the options': `
      export async function load({ timeout }: { timeout: number }) { console.log(timeout); }
    `,
  },
});
