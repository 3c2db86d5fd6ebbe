import { execFile, spawn } from 'node:child_process';
import { EventEmitter, on, once } from 'node:events';
import { readFile, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setInterval as ticks, setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { execa } from 'execa';

import type { Client, Work } from './client.js';

const LONG = 600_000;

/** The arguments for a process that asks for `work`, so that the server sees it live and end. */
const asking = ({ url }: Work): string[] => ['-e', `fetch('${url}')`];

/** What is done within this process: it has begun at once, and has ended with its promise. */
async function here(work: Work, promise: Promise<unknown>): Promise<unknown> {
  work.begin();
  try {
    return await promise;
  } finally {
    work.end();
  }
}

async function consume(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _item of items);
}

/** A stream that never ends, and says when it is destroyed. */
function endless(work: Work): Readable {
  const stream = new Readable({ read: work.begin });
  return stream.once('close', work.end);
}

export const nodeClients: readonly Client[] = [
  {
    name: '`timers/promises`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => here(work, delay(LONG, undefined, { signal })),
  },
  {
    name: '`timers/promises`, `setInterval`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => here(work, consume(ticks(LONG, undefined, { signal }))),
  },
  {
    name: '`events.once`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => here(work, once(new EventEmitter(), 'never', { signal })),
  },
  {
    name: '`events.on`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => here(work, consume(on(new EventEmitter(), 'never', { signal }))),
  },
  {
    name: '`fs.readFile`',
    takes: '`{ signal }`',
    // A file of many chunks: between two of them the signal is looked at.
    async start({ signal }, work) {
      const file = join(tmpdir(), `mooring-${process.pid}`);
      await writeFile(file, new Uint8Array(2 ** 25));
      try {
        return await here(work, readFile(file, { signal }));
      } finally {
        await rm(file);
      }
    },
  },
  {
    name: '`fs.watch`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => here(work, consume(watch(tmpdir(), { signal }))),
  },
  {
    name: '`child_process.exec`, `execFile`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => promisify(execFile)(process.execPath, asking(work), { signal }),
  },
  {
    name: '`child_process.spawn`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => once(spawn(process.execPath, asking(work), { signal }), 'exit'),
  },
  {
    name: '`stream.pipeline`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => pipeline(endless(work), new PassThrough().resume(), { signal }),
  },
  {
    name: '`stream.finished`',
    takes: '`{ signal }`',
    start: ({ signal }, work) => finished(endless(work).resume(), { signal }),
    runsOn: 'the stream: it only stops waiting',
  },
  {
    name: 'a stream read by `for await`',
    takes: '`{ signal }` of the stream',
    start: ({ signal }, work) =>
      consume(new Readable({ signal, read: work.begin }).once('close', work.end)),
  },
  {
    name: 'execa',
    package: 'execa',
    takes: '`{ cancelSignal }`',
    start: ({ signal: cancelSignal }, work) =>
      execa(process.execPath, asking(work), { cancelSignal }),
  },
];
