import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';

import type { OxcError, ParserOptions } from 'oxc-parser';

import type { Nesting } from './nesting.js';

export interface DepthQuestion {
  readonly file: string;
  readonly text: string;
  readonly options: ParserOptions;
}

/** What a thread is started with. */
export interface DepthWork extends DepthQuestion {
  readonly answer: MessagePort;
  /** Set to 1 when the answer is there. */
  readonly isDone: Int32Array;
}

export interface DepthAnswer {
  /** Of the tree; there is none where there are errors. */
  readonly depth: number;
  readonly errors: readonly OxcError[];
}

/** A worker's stack is 4 MB, and a level of the tree costs up to 2 KB of it. */
const DEEPEST = 1500;

const STACK_OF_AN_OPERATOR = 2 / 1024;
const MOST_MEGABYTES = 1000;
const PATIENCE_MS = 60_000;

/**
 * Whether a text that looks deep can be parsed after all: a long list of elements, or a program
 * without semicolons, may have a flat tree. It is parsed in a thread with a stack that is large
 * enough for whatever it may be, and the tree is measured.
 *
 * @returns the errors that there are, or whether the text can be parsed on any stack.
 */
export function isShallow({ weight }: Nesting, question: DepthQuestion): boolean | OxcError[] {
  const stackSizeMb = 16 + Math.ceil(weight * STACK_OF_AN_OPERATOR);
  if (stackSizeMb > MOST_MEGABYTES) return false;
  const isDone = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { port1, port2 } = new MessageChannel();
  const workerData: DepthWork = { ...question, answer: port2, isDone };
  const worker = new Worker(new URL('./depth-worker.js', import.meta.url), {
    workerData,
    transferList: [port2],
    resourceLimits: { stackSizeMb },
  });
  // One that fails has no answer; one that does not end ends with Node.
  worker.on('error', () => {});
  worker.unref();
  Atomics.wait(isDone, 0, 0, PATIENCE_MS);
  const answer = receiveMessageOnPort(port1)?.message as DepthAnswer | undefined;
  port1.close();
  if (answer === undefined) return false;
  return answer.errors.length > 0 ? [...answer.errors] : answer.depth <= DEEPEST;
}
