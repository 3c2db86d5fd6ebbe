import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Something that runs JavaScript, and how it runs vitest. */
export interface Platform {
  readonly name: string;
  readonly command: readonly string[];
  readonly config: string;
  /** It has the syntax `await using`. */
  readonly hasAwaitUsing: boolean;
}

const bin = (path: string): string =>
  fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

const node = (major: number): Platform => ({
  name: `node-${major}`,
  command: [bin(`node-${major}/bin/node`)],
  config: 'runtimes/vitest.config.ts',
  hasAwaitUsing: major >= 24,
});

export const platforms: readonly Platform[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  {
    name: 'bun',
    command: [bin('.bin/bun'), '--bun'],
    config: 'runtimes/vitest.config.ts',
    hasAwaitUsing: true,
  },
  {
    name: 'deno',
    command: [bin('.bin/deno'), 'run', '--allow-all'],
    config: 'runtimes/vitest.config.ts',
    hasAwaitUsing: true,
  },
  {
    name: 'chromium',
    command: [process.execPath],
    config: 'runtimes/vitest.browser.config.ts',
    hasAwaitUsing: true,
  },
];

/** The runtimes are large, and installed by whoever asks for them. */
export function isInstalled({ command }: Platform): boolean {
  return existsSync(command[0]!);
}
