import * as parser from '@typescript-eslint/parser';
import { type ESLint, Linter, type Rule } from 'eslint';

import type { Source } from '../robustness/source.js';
import { typedProgram } from '../robustness/typed-program.js';

/** Milliseconds of processor time by name of the rule. */
export type Times = ReadonlyMap<string, number>;

const PREFIX = 'mooring';

/**
 * The own processor time of each rule of a plugin on a program, with all of them on: the least of
 * a number of runs, after one in which the checker has found the types: what else a process does,
 * as collecting its garbage, only adds.
 */
export function ownTimes(plugin: ESLint.Plugin, source: Source, runs: number): Times {
  const times = new Map<string, number>();
  const timed = { rules: timedRules(plugin.rules ?? {}, times) };
  const lint = linter(timed, source);
  lint();
  const all = Array.from({ length: runs }, () => {
    times.clear();
    lint();
    return new Map(times);
  });
  const names = Object.keys(timed.rules);
  return new Map(names.map((name) => [name, Math.min(...all.map((one) => one.get(name) ?? 0))]));
}

function linter(plugin: ESLint.Plugin, source: Source): () => void {
  const config: Linter.Config = {
    files: ['**/*.{ts,tsx}'],
    plugins: { [PREFIX]: plugin },
    languageOptions: { parser, parserOptions: { programs: [typedProgram([source])] } },
    rules: Object.fromEntries(
      Object.keys(plugin.rules ?? {}).map((name) => [`${PREFIX}/${name}`, 'error']),
    ),
  };
  return () => {
    const messages = new Linter({ cwd: '/' }).verify(source.text, config, source.path);
    const fatal = messages.find((message) => message.fatal);
    if (fatal !== undefined) throw new Error(`${source.path} does not parse: ${fatal.message}`);
  };
}

function timedRules(
  rules: Readonly<Record<string, Rule.RuleModule>>,
  times: Map<string, number>,
): Record<string, Rule.RuleModule> {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => {
      const timed = <Result>(work: () => Result): Result => {
        const before = process.cpuUsage();
        try {
          return work();
        } finally {
          const { user, system } = process.cpuUsage(before);
          times.set(name, (times.get(name) ?? 0) + (user + system) / 1000);
        }
      };
      const create: Rule.RuleModule['create'] = (context) => {
        const listeners = timed(() => rule.create(context));
        return Object.fromEntries(
          Object.entries(listeners).map(([selector, listen]) => [
            selector,
            (...args: unknown[]) => timed(() => (listen as (...all: unknown[]) => void)(...args)),
          ]),
        );
      };
      return [name, { meta: rule.meta!, create }];
    }),
  );
}
