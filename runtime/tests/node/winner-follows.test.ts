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

describe('C7: a deadline cuts the body of the response that has won', () => {
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

  it.each(['any', 'race'] as const)(
    'of %s, also when the garbage of the race is gone',
    async (method) => {
      const error = await rejection(
        timeout(HANG * 10, async (deadline) => {
          const get = ({ signal }: TaskContext): Promise<Response> => fetch(url, { signal });
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
