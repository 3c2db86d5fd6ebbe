import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import ts from 'typescript';

/** A test case of a rule of typescript-eslint. */
export interface PeerCase {
  readonly code: string;
  readonly options?: readonly [PeerOptions?];
}

export interface PeerOptions {
  readonly allowForKnownSafeCalls?: readonly unknown[];
  readonly allowForKnownSafePromises?: readonly unknown[];
  readonly checkThenables?: boolean;
}

export interface InvalidPeerCase extends PeerCase {
  /** Some errors are expected on no certain line. */
  readonly errors: readonly { readonly line?: number }[];
}

export interface PeerCases {
  readonly valid: readonly PeerCase[];
  readonly invalid: readonly InvalidPeerCase[];
}

interface Given {
  readonly valid: readonly (PeerCase | string)[];
  readonly invalid: readonly InvalidPeerCase[];
}

/** Runs a test file of typescript-eslint with a tester that only keeps the cases. */
export function loadPeerCases(file: string): PeerCases {
  let given: Given | undefined;
  const tester = {
    run(_name: string, _rule: unknown, cases: Given) {
      given = cases;
    },
  };
  const support = {
    createRuleTesterWithTypes: () => tester,
    getFixturesRootDir: () => join(dirname(file), '../fixtures'),
  };
  const node = createRequire(file);
  const load = (name: string): unknown => {
    if (name.startsWith('node:')) return node(name);
    return name.endsWith('/RuleTester') ? support : { default: {} };
  };
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it runs a module of the checkout
  const run = new Function('require', 'exports', outputText) as (...given: unknown[]) => void;
  run(load, {});
  if (given === undefined) throw new Error(`${file} gives no cases to a tester.`);
  return {
    valid: given.valid.map((each) => (typeof each === 'string' ? { code: each } : each)),
    invalid: given.invalid,
  };
}
