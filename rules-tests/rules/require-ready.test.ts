import { describeRule } from '../support/describe-rule.js';

const start = `
  import { TaskGroup } from 'mooring';
  interface Server extends AsyncDisposable { readonly port: number; readonly closed: Promise<void> }
  declare function listen(signal: AbortSignal, up?: () => void): Promise<Server>;
`;

describeRule('require-ready', {
  allows: {
    'a function that does nothing but fail': `
      import { TaskGroup } from 'mooring';
      declare function fail(why: string): never;
      declare function refuse(why: string): Promise<never>;
      function broken() { throw new Error('broken'); }
      async function rejected(): Promise<void> { throw new Error('rejected'); }
      export async function up(group: TaskGroup, error: Error, isBroken: boolean) {
        await group.start(() => Promise.reject(error));
        await group.start<string>((): Promise<string> => Promise.reject(error));
        await group.start(() => fail('no port'));
        await group.start(async () => { await refuse('no port'); });
        await group.start(broken);
        await group.start(() => rejected());
        await group.start<void>(async (_, ready) => {
          if (isBroken) broken();
          else ready();
        });
      }
    `,
    'a call on the way to every end': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        await using server = await listen(signal);
        ready(server.port);
        if (server.port === 0) return;
        await server.closed;
      });
    `,
    'one call in each branch': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        if (server.port === 0) ready(80);
        else ready(server.port);
        await server.closed;
      });
    `,
    'a path that throws': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        if (server.port === 0) throw new Error('no port');
        ready(server.port);
      });
    `,
    'a task that has been cancelled': `${start}
      export const up = (group: TaskGroup) => group.start<void>(async ({ signal }, ready) => {
        if (signal.aborted) return;
        while (!signal.aborted) {
          const server = await listen(signal);
          ready();
          return server.closed;
        }
      });
    `,
    'a function that somebody else calls': `${start}
      export const up = (group: TaskGroup) => group.start<void>(async ({ signal }, ready) => {
        const server = await listen(signal, ready);
        await server.closed;
      });
      export const late = (group: TaskGroup) => group.start<void>(async ({ signal }, ready) => {
        const server = await listen(signal, () => ready());
        await server.closed;
      });
      export const other = (group: TaskGroup, work: () => void) => group.start(work);
    `,
    'a start of something else': `
      export const up = (machine: { start(fn: () => void): void }) => machine.start(() => {});
    `,
    'an endless loop': `${start}
      export const up = (group: TaskGroup) => group.start<void>(async ({ signal }, ready) => {
        let isUp = false;
        for (;;) {
          const server = await listen(signal);
          if (!isUp) ready();
          isUp = true;
          await server.closed;
        }
      });
    `,
  },
  reports: {
    'a promise that rejects, of which nobody hears': `
      import { TaskGroup } from 'mooring';
      declare function refuse(why: string): Promise<never>;
      export async function up(group: TaskGroup) {
        await group.start<void>(async () => { void refuse('no port'); });
              ~~~~~~~~~~~ never
        await group.start(() => refuse('no port').catch(console.error));
              ~~~~~~~~~~~ never
      }
    `,
    'a start that nobody could wait for': {
      code: `${start}
      export async function up(group: TaskGroup) {
        await group.start(async ({ signal }) => {
              ~~~~~~~~~~~ never
          await listen(signal);
        });
      }
    `,
      suggests: [
        [
          `${start}
      export async function up(group: TaskGroup) {
        group.createTask(async ({ signal }) => {
          await listen(signal);
        });
      }
    `,
        ],
      ],
    },
    'a function that does not take it': `${start}
      export const up = (group: TaskGroup) => group.start(async ({ signal }) => {
                                              ~~~~~~~~~~~ never
        const server = await listen(signal);
        await server.closed;
      });
    `,
    'a path that leaves before': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
                                              ~~~~~~~~~~~ never
        const server = await listen(signal);
        if (server.port === 0) return;
        ready(server.port);
        await server.closed;
      });
    `,
    'an error that is swallowed': `${start}
      async function serve({ signal }: { signal: AbortSignal }, ready: (port: number) => void) {
        let server: Server | undefined;
        if (signal.reason === undefined) server = await listen(signal);
        if (server) ready(server.port);
      }
      export const up = (group: TaskGroup) => group.start(serve);
                                              ~~~~~~~~~~~ never
    `,
    'a second call after one that may have been': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        if (server.port > 0) ready(server.port);
        await server.closed;
        ready(0);
        ~~~~~~~~ twice
      });
    `,
    'a second call': {
      code: `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        ready(server.port);
        await server.closed;
        ready(0);
        ~~~~~~~~ twice
      });
    `,
      suggests: [
        [
          `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        ready(server.port);
        await server.closed;
      });
    `,
        ],
      ],
    },
    'a call in each round': `${start}
      export const up = (group: TaskGroup) => group.start<void>(async ({ signal }, ready) => {
        for (;;) {
          const server = await listen(signal);
          ready();
          ~~~~~~~ twice
          await server.closed;
        }
      });
    `,
  },
  misses: {
    'a second call under a condition that does not exclude it': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        ready(server.port);
        if (server.port === 0) ready(1);
      });
    `,
    'a call in a loop that may have no round': `${start}
      export const up = (group: TaskGroup, ports: readonly number[]) =>
        group.start<number>(async (_, ready) => {
          for (const port of ports) {
            ready(port);
            break;
          }
        });
    `,
  },
});
