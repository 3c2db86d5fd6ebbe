import { dirname } from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';

import type { Settings } from '../../settings.js';
import { CheckerTypes } from '../checker-types.js';
import type { ModuleOptions } from '../module-facts.js';
import type { CalleeFacts, CalleePath, CallFacts, CallNode, Types, ValueFacts } from '../types.js';
import type { RunProjects } from './config-problems.js';
import { NativeFailure } from './failure.js';
import { findInstall, type NativeInstall } from './install.js';
import type { RunFiles } from './orphans.js';
import { NativeSession } from './session.js';

/** Another provider, for a file that the native one fails on before it has said anything. */
export type Instead = (failure: NativeFailure) => Types | undefined;

export interface NativeInput {
  readonly path: string;
  readonly text: string;
  readonly cwd: string;
}

/**
 * The questions about one file, answered by TypeScript 7 in a process of its own. The process is
 * started at the first question: a file in which no rule finds a candidate costs nothing.
 */
export class NativeTypes implements Types {
  readonly #install: NativeInstall;
  readonly #file: NativeInput;
  readonly #settings: Settings;
  readonly #instead: Instead;
  #types: Types | undefined;

  /** @throws {NativeFailure} there is no TypeScript 7 for this file. */
  constructor(file: NativeInput, settings: Settings, instead: Instead) {
    this.#install = findInstall(settings.typescript, [dirname(file.path), file.cwd]);
    this.#file = file;
    this.#settings = settings;
    this.#instead = instead;
  }

  get moduleOptions(): ModuleOptions {
    return this.#opened().moduleOptions;
  }

  values(nodes: readonly TSESTree.Node[]): readonly ValueFacts[] {
    return nodes.length === 0 ? [] : this.#opened().values(nodes);
  }

  calls(nodes: readonly CallNode[]): readonly CallFacts[] {
    return nodes.length === 0 ? [] : this.#opened().calls(nodes);
  }

  value(node: TSESTree.Node): ValueFacts {
    return this.#opened().value(node);
  }

  call(node: CallNode): CallFacts {
    return this.#opened().call(node);
  }

  callees(paths: readonly CalleePath[]): readonly CalleeFacts[] {
    return paths.length === 0 ? [] : this.#opened().callees(paths);
  }

  #opened(): Types {
    this.#types ??= this.#open();
    return this.#types;
  }

  #open(): Types {
    const { path, text, cwd } = this.#file;
    try {
      return new CheckerTypes(sessionOf(this.#install, cwd).file(path, text), this.#settings);
    } catch (error) {
      const types = error instanceof NativeFailure ? this.#instead(error) : undefined;
      if (types === undefined) throw error;
      return types;
    }
  }
}

/** How often a checker that ended is started again. One that ends each time is not worth it. */
const STARTS = 3;

const sessions = new Map<string, { session: NativeSession; starts: number }>();

/** One session for each TypeScript that is installed, which is to say one in a process. */
function sessionOf(install: NativeInstall, cwd: string): NativeSession {
  const known = sessions.get(install.folder);
  if (known !== undefined && (!known.session.hasEnded || known.starts >= STARTS)) {
    return known.session;
  }
  const session = new NativeSession(install, cwd);
  sessions.set(install.folder, { session, starts: (known?.starts ?? 0) + 1 });
  return session;
}

/** What a run lints, with the TypeScript 7 that `settings.mooring.typescript` of it names. */
export interface Run extends RunFiles {
  readonly cwd: string;
  readonly typescript: string;
}

/**
 * Finds the projects of all files of a run at once, and says what is wrong with their configs.
 * Files in no project share one.
 *
 * @throws {NativeFailure} there is no TypeScript 7, a config extends itself, the process ended.
 */
export function prepareRun({ cwd, typescript, ...run }: Run): RunProjects {
  return sessionOf(findInstall(typescript, [cwd]), cwd).prepare(run);
}

/** Ends the checkers' processes. The next question starts them anew. */
export function closeNativeSessions(): void {
  for (const { session } of sessions.values()) session.close();
  sessions.clear();
}
