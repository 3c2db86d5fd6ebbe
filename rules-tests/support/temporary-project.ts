import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

import { dedent } from './squiggles.js';

/** A folder with these files, for as long as the test runs. */
export function temporaryProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mooring-project-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [file, text] of Object.entries(files)) writeInto(root, file, dedent(text));
  return root;
}

/** Writes a file, and makes the folders that it is in. */
export function writeInto(root: string, file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
