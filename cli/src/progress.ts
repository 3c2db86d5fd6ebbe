import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import type { Output } from './terminal.js';

const BAR = 20;

/** How often a terminal is drawn over, and how often a line is written elsewhere. */
const EVERY_MS = { drawn: 80, written: 10_000 };

/**
 * Says how far a run is: on a terminal a bar with the name of the file, which is taken away at the
 * end; elsewhere, in a log, a line every ten seconds.
 *
 * Linting never lets go of the thread, so what is to be seen is written from between two files, and
 * no timer is asked. There a Ctrl+C is heard, too, which would leave the bar in front of the prompt.
 */
export class Progress {
  readonly #output: Output;
  readonly #root: string;
  /** When something was said of a file; the time before the first file is not that of files. */
  #last: number | undefined;
  #isDrawn = false;

  constructor(output: Output, root: string) {
    this.#output = output;
    this.#root = root;
  }

  /** What is done before the first file. */
  step(what: string): void {
    if (this.#output.isTTY) this.#draw(what);
  }

  /** The file that is linted now. Resolves once a Ctrl+C has had its chance. */
  async file(file: string, index: number, total: number): Promise<void> {
    const now = performance.now();
    this.#last ??= now;
    if (now - this.#last < (this.#output.isTTY ? EVERY_MS.drawn : EVERY_MS.written)) return;
    this.#last = now;
    const name = relative(this.#root, file);
    if (!this.#output.isTTY) {
      this.#output.write(`${index} of ${total} files: ${name}\n`);
      return;
    }
    const done = Math.round((BAR * index) / total);
    this.#draw(`${'█'.repeat(done)}${'░'.repeat(BAR - done)} ${index}/${total} ${name}`);
    await setImmediate();
  }

  /** Leaves the terminal as it was. */
  end(): void {
    if (this.#isDrawn) this.#output.write('\r\u001B[K');
    this.#isDrawn = false;
    process.off('SIGINT', this.#interrupted);
  }

  /** Ends as whoever does not listen: the shell is to see that it was interrupted. */
  readonly #interrupted = (): void => {
    this.end();
    process.kill(process.pid, 'SIGINT');
  };

  #draw(line: string): void {
    // A terminal that nobody has told its size says 0: that of `docker exec -t`.
    const width = (this.#output.columns || 80) - 1;
    this.#output.write(`\r\u001B[K${line.slice(0, width)}`);
    if (!this.#isDrawn) process.on('SIGINT', this.#interrupted);
    this.#isDrawn = true;
  }
}
