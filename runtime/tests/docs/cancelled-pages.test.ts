/**
 * Every program of the pages that opens a scope is cancelled at every point where a cancellation can
 * arrive: it ends, with this cancellation or with what it had finished, and leaves nothing behind.
 *
 *     npm run test:cancellation
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { cancelEverywhere } from 'mooring/testing';

import { rejection } from '../support/promises.js';
import { cancellableProgram } from './cancellable-program.js';
import { examplesOf } from './examples.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pages = [
  'README.md',
  ...['docs/guide', 'docs/recipes'].flatMap((folder) =>
    readdirSync(root + folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  ),
];

/** Without one there is nothing that a cancellation could arrive in: these show how plain code leaks. */
const OPENS_A_SCOPE = /^import {[^}]*\b(TaskGroup|timeout)\b[^}]*} from 'mooring';/m;

const examples = pages
  .flatMap((page) =>
    examplesOf(root + page).map((each) => ({ ...each, name: `${page}:${each.line}` })),
  )
  // The programs of the page about testing are such tests themselves.
  .filter(({ code }) => OPENS_A_SCOPE.test(code) && !code.includes("from 'mooring/testing'"))
  // A timer that kills a process would fire when nothing real is pending: the process is.
  .filter(({ code }) => !code.includes("from 'node:child_process'"))
  .filter(({ prints }) => prints !== undefined);

/** What these pages show is work that no scope owns: the timer of it is left, and nothing else. */
const LEAVES_A_TIMER = /abandonOnCancel\((?!this\.)|@ts-expect-error A promise is refused/;
const owned = examples.filter(({ code }) => !LEAVES_A_TIMER.test(code));
const unowned = examples.filter(({ code }) => LEAVES_A_TIMER.test(code));

beforeEach(() => {
  for (const method of ['log', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation(() => {});
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The slowest starts threads a hundred times. */
const HANGS = 600_000;

describe('a program of the pages is right at every point of cancellation', () => {
  test.each(owned)(
    '$name',
    async ({ code, name }) => {
      const { points } = await cancelEverywhere(await cancellableProgram(code, name));
      expect(points).toBeGreaterThan(1);
    },
    HANGS,
  );

  test.each(unowned)(
    '$name leaves behind the work that nobody owns',
    async ({ code, name }) => {
      const error = await rejection(cancelEverywhere(await cancellableProgram(code, name)));
      expect(error.message).toMatch(/left behind: a timer, setTimeout of (10|1000) ms/);
    },
    HANGS,
  );
});
