import { dirname, extname, join } from 'node:path';

import type { ESLint } from 'eslint';
import mooring from 'eslint-plugin-mooring';
import fc from 'fast-check';

import { type Fault, FaultFinder } from './find-faults.js';
import { mutatedPrograms } from './mutated-programs.js';
import { oddPrograms } from './odd-programs.js';
import { reduce } from './reduce.js';
import type { Source } from './source.js';
import { unwatched, type Watch } from './watch.js';

/** Programs that share the cost of one program of TypeScript. */
const BATCH = 100;

/** Where made programs pretend to be: a folder from which `mooring` is found. */
const FOLDER = 'rules-tests/fixtures/typed';

/** When a hunt is over: on a busy machine a time says little of how much was tried. */
export type Budget =
  | { readonly milliseconds: number; readonly programs?: never }
  | { readonly programs: number; readonly milliseconds?: never };

/**
 * Lints programs until a time or a number of them, and keeps one fault of each kind, with the smallest program that
 * was seen to have it.
 */
export class Hunt {
  readonly #finder: FaultFinder;
  readonly #end: () => boolean;
  readonly #faults: Map<string, Fault> = new Map();
  #programs = 0;

  constructor(budget: Budget, plugin: ESLint.Plugin = mooring, watch: Watch = unwatched) {
    this.#finder = new FaultFinder(plugin, watch);
    const { milliseconds = Infinity, programs = Infinity } = budget;
    const end = Date.now() + milliseconds;
    this.#end = () => Date.now() >= end || this.#programs >= programs;
  }

  /** How many programs were linted. */
  get programs(): number {
    return this.#programs;
  }

  get isOver(): boolean {
    return this.#end();
  }

  /** Each alone, the small ones first, with the rules that need no types. */
  untyped(sources: readonly Source[]): this {
    for (const source of bySize(sources)) {
      if (this.isOver) break;
      this.#keep(this.#finder.untyped(source), 1);
    }
    return this;
  }

  /** In batches of one program each, the small ones first, with all rules. */
  typed(sources: readonly Source[]): this {
    const sorted = bySize(sources);
    for (let at = 0; at < sorted.length && !this.isOver; at += BATCH) {
      const batch = sorted.slice(at, at + BATCH);
      this.#keep(this.#finder.typed(batch), batch.length);
    }
    return this;
  }

  /** Each as a text of one file that is on the disk, with all rules. */
  native(sources: readonly Source[]): this {
    for (const { path, text } of sources) {
      if (this.isOver) break;
      const file = join(dirname(path), `file${extname(path)}`);
      this.#keep(this.#finder.native({ path: file, text }), 1);
    }
    return this;
  }

  /** Programs made of others, without end; as many of each kind of seeds. */
  mutated(kinds: readonly (readonly string[])[], workspace: string, seed: number): this {
    const programs = mutatedPrograms(kinds);
    for (let round = seed; !this.isOver; round += 1) {
      const sources = made(workspace, ['ts', 'tsx'][round % 2]!, programs, round);
      this.typed(sources).native(sources);
    }
    return this;
  }

  /** Programs of odd constructs, without end. */
  odd(workspace: string, seed: number): this {
    for (let round = seed; !this.isOver; round += 1) {
      const jsx = round % 2 === 1;
      const sources = made(workspace, jsx ? 'tsx' : 'ts', oddPrograms({ jsx }), round);
      this.typed(sources).native(sources);
    }
    return this;
  }

  /** What was found, each with its rule, its file and a reduced program; empty for nothing. */
  report(): string {
    return [...this.#faults.values()].map((fault) => described(fault, this.#finder)).join('\n');
  }

  #keep(faults: readonly Fault[], programs: number): void {
    this.#programs += programs;
    for (const fault of faults) {
      const key = `${fault.rule} ${fault.what}`;
      const known = this.#faults.get(key);
      if (known === undefined || known.source.text.length > fault.source.text.length) {
        this.#faults.set(key, fault);
      }
    }
  }
}

function made(
  workspace: string,
  ending: string,
  programs: fc.Arbitrary<string>,
  seed: number,
): Source[] {
  return fc
    .sample(programs, { numRuns: BATCH, seed })
    .map((text, index) => ({ path: `${workspace}/${FOLDER}/${seed}-${index}.${ending}`, text }));
}

function bySize(sources: readonly Source[]): Source[] {
  return [...sources].sort((a, b) => a.text.length - b.text.length);
}

function described(fault: Fault, finder: FaultFinder): string {
  const { rule, what, source, details, mode } = fault;
  return [
    `${rule} ${what}`,
    `in ${source.path}, ${mode}; reduced:`,
    '',
    reduce(fault, finder).text,
    '',
    details,
    '',
  ].join('\n');
}
