// What the programs that grow are made of.

/** What each of n things is, joined. */
export function each(n: number, text: (index: number) => string): string {
  return Array.from({ length: n }, (_, index) => text(index)).join('\n');
}

export function nested(
  n: number,
  open: (index: number) => string,
  inner: string,
  close: string,
): string {
  return each(n, open) + inner + close.repeat(n);
}

export const HEAD = `
import { TaskGroup, timeout } from 'mooring';
declare function load(signal?: AbortSignal): Promise<number>;
declare function plain(value?: unknown): number;
declare const a: boolean;
declare const list: Promise<number>[];
`;
export const inFunction = (body: string): string =>
  `${HEAD}export async function all() {\n${body}\n}`;
export const inGroup = (body: string): string =>
  inFunction(`await using group = new TaskGroup();\n${body}\nawait group.join();`);

export const withSignal = (body: string): string =>
  `${HEAD}export async function all(signal: AbortSignal) {\n${body}\n}`;
