/** Takes the programs out of a page: each `ts` block, with the `text` block that says what it prints. */
import { readFileSync } from 'node:fs';

export interface Example {
  /** Where the block starts in the page. */
  readonly line: number;
  readonly code: string;
  /** Marked `ts real-clock`: it waits for the network or another thread, which know no manual clock. */
  readonly isOnRealClock: boolean;
  /** What the program prints. A block that no `text` block follows is compiled and not run. */
  readonly prints: string | undefined;
}

const BLOCK = /^```ts( real-clock)?\n([\s\S]*?)^```\n(?:\s*```text\n([\s\S]*?)^```)?/gm;

export function examplesOf(page: string): Example[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(BLOCK)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    isOnRealClock: match[1] !== undefined,
    code: match[2]!,
    prints: match[3],
  }));
}
