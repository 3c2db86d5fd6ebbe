import { isCancellation, TaskGroup, timeout } from 'mooring';
import { createClient } from 'redis';

import { lagging, type Scope } from './scope.js';

/** A connection that closes with its block. */
export type Redis = Awaited<ReturnType<typeof connect>>;

export interface ConsumerOptions {
  readonly url: string;
  readonly stream: string;
  readonly group: string;
  /** Messages that are worked on at a time. No more are taken: the others are left to the rest. */
  readonly limit: number;
  /** Milliseconds that a message may take. */
  readonly deadline: number;
  /**
   * Milliseconds after which a message that nobody has acknowledged is handed out again. More than
   * `deadline`, or it is while somebody still works on it.
   */
  readonly idle: number;
  /** Milliseconds that what is being worked on may take once the consumer is stopped. */
  readonly drain: number;
  /** Deliveries after which a message is put aside, into `${stream}:dead`. */
  readonly attempts: number;
  readonly report: (error: unknown, id: string) => void;
}

export interface Message {
  readonly id: string;
  readonly body: Readonly<Record<string, string>>;
}

export async function connect(url: string) {
  const client = createClient({ url });
  client.on('error', () => {}); // Commands reject as well; without a listener it ends the process.
  await client.connect();
  return Object.assign(client, {
    async [Symbol.asyncDispose](): Promise<void> {
      if (client.isReady) await client.close();
      else client.destroy();
    },
  });
}

/**
 * Works on the messages of a stream, each at least once, until the scope is cancelled. A message is
 * acknowledged when `handle` has ended well; one whose process was killed, or that failed, is handed
 * out again, to any consumer of the group, after `idle`.
 */
export async function consume(
  options: ConsumerOptions,
  handle: (message: Message, scope: Scope) => Promise<void>,
  scope: Scope,
): Promise<void> {
  const { url, limit, drain, report } = options;
  await using client = await connect(url);
  // Whoever waits for messages on a connection blocks all else on it.
  await using reader = await connect(url);
  const redis = new Consumer(options, client, reader);
  await redis.open();
  await lagging(scope, drain, (later) =>
    TaskGroup.run(
      async (group) => {
        while (!scope.signal.aborted) {
          await group.room();
          const room = limit - [...group.pending].length;
          for (const message of await redis.take(room, scope)) {
            group.createTask((context) => redis.work(message, handle, context), {
              name: message.id,
            });
          }
        }
      },
      {
        signal: later.signal,
        limit,
        onTaskError: (error, { name = '' }) => report(error, name),
      },
    ),
  );
}

class Consumer {
  readonly #options: ConsumerOptions;
  readonly #client: Redis;
  readonly #reader: Redis;
  readonly #name = `${process.pid}-${Date.now()}`;
  #readerId = 0;
  #reclaimedAt = 0;

  constructor(options: ConsumerOptions, client: Redis, reader: Redis) {
    this.#options = options;
    this.#client = client;
    this.#reader = reader;
  }

  async open(): Promise<void> {
    const { stream, group } = this.#options;
    this.#readerId = await this.#reader.clientId();
    try {
      await this.#client.xGroupCreate(stream, group, '0', { MKSTREAM: true });
    } catch (error) {
      if (!String(error).includes('BUSYGROUP')) throw error; // It is there already.
    }
  }

  /** At most so many messages: some that others have left behind, or new ones; none after a while. */
  async take(most: number, { signal }: Scope): Promise<readonly Message[]> {
    const { stream, group, idle } = this.#options;
    if (Date.now() - this.#reclaimedAt > idle / 2) {
      const { messages } = await this.#client.xAutoClaim(stream, group, this.#name, idle, '0', {
        COUNT: most,
      });
      const left = messages.filter((message) => message !== null);
      // As many as were asked for: there may be more.
      if (left.length < most) this.#reclaimedAt = Date.now();
      if (left.length > 0) return left.map(({ id, message }) => ({ id, body: message }));
    }
    if (signal.aborted) return [];
    const next = { key: stream, id: '>' };
    const wait = { COUNT: most, BLOCK: Math.ceil(Math.min(1_000, idle / 2)) };
    const streams = await woken(
      () => this.#reader.xReadGroup(group, this.#name, next, wait),
      // It gives `null`, as if nothing had come: a message never goes to somebody who has left.
      () => this.#client.clientUnblock(this.#readerId),
      { signal },
    );
    const [first] = (streams ?? []) as { messages: { id: string; message: Message['body'] }[] }[];
    return (first?.messages ?? []).map(({ id, message }) => ({ id, body: message }));
  }

  async work(
    message: Message,
    handle: (message: Message, scope: Scope) => Promise<void>,
    scope: Scope,
  ): Promise<void> {
    const { stream, group, deadline } = this.#options;
    try {
      await timeout(deadline, (limit) => handle(message, limit), scope);
    } catch (error) {
      if (!isCancellation(error, scope)) await this.#putAside(message);
      throw error;
    }
    await this.#client.xAck(stream, group, message.id);
  }

  /** A message that fails again and again keeps nobody busy for ever. */
  async #putAside({ id, body }: Message): Promise<void> {
    const { stream, group, attempts } = this.#options;
    const [state] = await this.#client.xPendingRange(stream, group, id, id, 1);
    if (state === undefined || state.deliveriesCounter < attempts) return;
    await this.#client.multi().xAdd(`${stream}:dead`, '*', body).xAck(stream, group, id).exec();
  }
}

/** Waits for what can be woken only from outside. The group has no parent: it waits for both. */
async function woken<T>(
  wait: () => Promise<T>,
  wake: () => Promise<unknown>,
  { signal }: Scope,
): Promise<T> {
  return TaskGroup.run(
    async (group) => {
      const cancelled = (): void => void group.createTask(wake);
      signal.addEventListener('abort', cancelled, { once: true });
      try {
        return await wait();
      } finally {
        signal.removeEventListener('abort', cancelled);
      }
    },
    { signal: undefined },
  );
}
