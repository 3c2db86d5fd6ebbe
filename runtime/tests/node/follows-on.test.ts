import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TaskContext, TaskGroup, timeout, TimeoutError } from 'mooring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectUntil, isCollected, isPrecise } from '../support/garbage.js';
import { rejection, untilAborted } from '../support/promises.js';

const HANG = 120_000;
const slow = ({ signal }: TaskContext): Promise<never> => untilAborted(signal);
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** Runs the collector a few turns long: what is held weakly is gone. */
const collectAll = (): Promise<boolean> => collectUntil(() => false);

// Sends the head and the beginning of the body, and never the rest.
const server = createServer((_, response) => void response.writeHead(200).write('begin'));
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = ({ signal }: TaskContext): Promise<Response> => fetch(url, { signal });

describe('C7: a deadline cuts the body of the response that has won', () => {
  it.each(['any', 'race'] as const)(
    'of %s, also when the garbage of the race is gone',
    async (method) => {
      const error = await rejection(
        timeout(HANG * 10, async (deadline) => {
          const response = await TaskGroup[method]([get, slow], deadline);
          const text = response.text();
          text.catch(() => {});
          await collectAll();
          deadline.reschedule(0);
          return text;
        }),
      );
      expect(error).toBeInstanceOf(TimeoutError);
    },
    HANG,
  );
});

describe('C7: a deadline cuts the body of a response that a task has given', () => {
  type Scope = { signal: AbortSignal };
  it.each<[string, (scope: Scope) => Promise<Response | undefined>]>([
    ['awaited in the body', (scope) => TaskGroup.run((group) => group.createTask(get), scope)],
    ['all', async (scope) => (await TaskGroup.all([get, get], scope))[1]],
    ['allKeyed', async (scope) => (await TaskGroup.allKeyed({ get }, scope)).get],
    ['map', async (scope) => (await TaskGroup.map([1, 2], (_, context) => get(context), scope))[1]],
    [
      'a task in a task',
      (scope) =>
        TaskGroup.run(
          (group) =>
            group.createTask((outer) => TaskGroup.run((inner) => inner.createTask(get), outer)),
          scope,
        ),
    ],
  ])(
    '%s, also when the garbage of the group is gone',
    async (_, load) => {
      const error = await rejection(
        timeout(HANG * 10, async (deadline) => {
          const text = (await load(deadline))!.text();
          text.catch(() => {});
          await collectAll();
          deadline.reschedule(0);
          return text;
        }),
      );
      expect(error).toBeInstanceOf(TimeoutError);
    },
    HANG,
  );

  it('while the group is open, too', async () => {
    const parent = new AbortController();
    const cut = TaskGroup.run(async (group) => {
      const text = (await group.createTask(get)).text();
      parent.abort('stop');
      return text;
    }, parent);
    expect(await rejection(cut)).toBe('stop');
  });
});

describe('C7: what a task has given goes on following the parent', () => {
  /** Heard by the listener alone, which does not hold the signal. */
  const open = ({ signal }: TaskContext): { closedBy: unknown } => {
    const opened = { closedBy: undefined as unknown };
    signal.addEventListener('abort', (event) => {
      opened.closedBy = (event.target as AbortSignal).reason;
    });
    return opened;
  };

  it('also through the tasks that have handed it on', async () => {
    const parent = new AbortController();
    const socket = await TaskGroup.run(
      (group) =>
        group.createTask((outer) =>
          TaskGroup.all(
            [(middle) => TaskGroup.run((inner) => inner.createTask(open), middle)],
            outer,
          ),
        ),
      parent,
    );
    await collectAll();
    expect(socket[0].closedBy).toBe(undefined);
    parent.abort('stop');
    expect(socket[0].closedBy).toBe('stop');
  });

  it('and not its group, which may have had enough', async () => {
    const parent = new AbortController();
    const socket = await TaskGroup.run(async (group) => {
      const first = await group.createTask(open);
      group.createTask(slow);
      group.cancel();
      return first;
    }, parent);
    expect(socket.closedBy).toBe(undefined);
  });

  it('and leaves nothing on the parent for a text or a number', async () => {
    const parent = new AbortController();
    await TaskGroup.all(
      [({ signal }) => String(signal.aborted), ({ signal }) => +signal.aborted],
      parent,
    );
    expect(listeners(parent.signal)).toBe(0);
  });
});

describe('C7: the winner goes on following the parent', () => {
  it('whose reason it aborts with, also when only a listener knows the signal', async () => {
    const parent = new AbortController();
    const socket = await TaskGroup.race(
      [
        ({ signal }) => {
          const opened = { closedBy: undefined as unknown };
          signal.addEventListener('abort', (event) => {
            opened.closedBy = (event.target as AbortSignal).reason;
          });
          return opened;
        },
      ],
      parent,
    );
    await collectAll();
    expect(socket.closedBy).toBe(undefined);
    parent.abort('stop');
    expect(socket.closedBy).toBe('stop');
  });

  it('when it is cancelled while the losers clean up', async () => {
    const parent = new AbortController();
    let won: AbortSignal | undefined;
    const loser = (context: TaskContext): Promise<string> =>
      slow(context).catch(() => (parent.abort('stop'), 'late'));
    const response = {};
    const winner = ({ signal }: TaskContext): object => ((won = signal), response);
    expect(await TaskGroup.race([loser, winner], parent)).toBe(response);
    expect(won?.reason).toBe('stop');
  });

  it('and follows nobody where there are no weak references', async () => {
    const { FinalizationRegistry: kept } = globalThis;
    const parent = new AbortController();
    Reflect.deleteProperty(globalThis, 'FinalizationRegistry');
    try {
      const signal = await TaskGroup.any([(context) => context.signal], parent);
      parent.abort();
      expect(signal.aborted).toBe(false);
    } finally {
      globalThis.FinalizationRegistry = kept;
    }
  });

  it.runIf(isPrecise)(
    'which holds nothing of 10,000 races that are over',
    async () => {
      const parent = new AbortController();
      const ran = async (): Promise<WeakRef<object>> => {
        let last: object = parent;
        for (let i = 0; i < 10_000; i++) {
          last = await TaskGroup.race([({ signal }) => ({ signal })], parent);
        }
        expect(listeners(parent.signal)).toBe(1);
        return new WeakRef(last);
      };
      expect(await isCollected(ran)).toBe(true);
      expect(await collectUntil(() => listeners(parent.signal) === 0)).toBe(true);
    },
    HANG,
  );
});
