import { writeFileSync } from 'node:fs';

import { CannotError } from './command.js';
import { reasonOf } from './lint/targets.js';

/** @throws {CannotError} the file, or its folder, is closed, or the disk is full. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

export function cannotWrite(path: string, cause: unknown): CannotError {
  return new CannotError(`${path} cannot be written: ${reasonOf(cause)}`, { cause });
}
