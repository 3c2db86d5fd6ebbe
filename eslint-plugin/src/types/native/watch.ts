import { type ChildProcess, spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

/** A checker that gives no sign of life for so long has lost its way. */
const PATIENCE_MS = 120_000;

/** Of how many parts of its patience the watcher wakes up after each. */
const LOOKS = 4;

/**
 * Ends the checker's process when it does not answer. Node cannot: it waits for the answer in a
 * system call, which no timer and no signal handler interrupts.
 *
 *     while (waiting for the checker)     a thread looks whether there is any progress, and kills it
 *     when Node ends, however it does     a shell sees its end, and kills what still runs
 *
 * The road not taken: to trust that a process ends when its input does. One that loops, or that is
 * stopped, does not look.
 */
export class Watch {
  /** A count that grows with each sign of life, and is odd while a question is open. */
  readonly #beat = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #patience: number;
  readonly #thread: Worker;
  readonly #shell: ChildProcess | undefined;
  #open = 0;

  constructor(pid: number, patience = PATIENCE_MS) {
    this.#patience = patience;
    this.#thread = new Worker(THREAD, {
      eval: true,
      workerData: { beat: this.#beat, pid, tick: patience / LOOKS, looks: LOOKS },
    });
    // Without it there is no time limit, and the answers are the same.
    this.#thread.on('error', () => {});
    this.#thread.unref();
    this.#shell = process.platform === 'win32' ? undefined : shellAfterNode(pid);
  }

  /** Runs a question, which may ask others. */
  during<Answer>(question: () => Answer): Answer {
    if (this.#open++ === 0) Atomics.add(this.#beat, 0, 1);
    try {
      return question();
    } finally {
      if (--this.#open === 0) Atomics.add(this.#beat, 0, 1);
    }
  }

  /** The checker has asked something itself. */
  sign(): void {
    Atomics.add(this.#beat, 0, 2);
  }

  /** How long the checker was silent for, in seconds, if it was ended for that. */
  get silence(): number | undefined {
    return Atomics.load(this.#beat, 1) === 1 ? this.#patience / 1000 : undefined;
  }

  /** The checker has ended. */
  close(): void {
    Atomics.store(this.#beat, 1, 2);
    Atomics.notify(this.#beat, 1);
    this.#shell?.stdin?.end('ended\n');
  }
}

const THREAD = `
const { workerData: { beat, pid, tick, looks } } = require('node:worker_threads');
let seen = 0;
let silent = 0;
while (Atomics.wait(beat, 1, 0, tick) === 'timed-out') {
  const now = Atomics.load(beat, 0);
  silent = now === seen && now % 2 !== 0 ? silent + 1 : 0;
  seen = now;
  if (silent < looks) continue;
  Atomics.store(beat, 1, 1);
  process.kill(pid, 'SIGKILL');
  break;
}`;

/** On Windows a process ends with the one that started it. */
function shellAfterNode(pid: number): ChildProcess {
  // The number may be another's by now: what is killed has to be what was started.
  const script = `read -r line || { ps -o args= -p ${pid} | grep -q -e --api && kill -9 ${pid}; }`;
  const shell = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not of the group that is sent a signal when the user interrupts Node.
    detached: true,
  });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return shell;
}
