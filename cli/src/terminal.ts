import type { Writable } from 'node:stream';

/** Where a command reads and writes: the process's own, or those of a test. */
export interface Terminal {
  /** What relative paths are meant from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface Output extends Pick<Writable, 'write'> {
  /** A terminal that somebody looks at: it can be drawn over. */
  readonly isTTY?: boolean;
  /** Characters a line of a terminal. */
  readonly columns?: number;
}
