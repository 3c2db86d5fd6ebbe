import { describeRule } from '../support/describe-rule.js';

const start = `
  import { TaskGroup } from 'mooring';
  interface Server extends AsyncDisposable { readonly port: number; readonly closed: Promise<void> }
  declare function listen(signal: AbortSignal, up?: () => void): Promise<Server>;
`;

describeRule('require-ready', {
  allows: {
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
    'a second call': `${start}
      export const up = (group: TaskGroup) => group.start<number>(async ({ signal }, ready) => {
        const server = await listen(signal);
        ready(server.port);
        await server.closed;
        ready(0);
        ~~~~~~~~ twice
      });
    `,
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
