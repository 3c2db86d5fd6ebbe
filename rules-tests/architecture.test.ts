import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

/** Folders of the plugin in the order of its imports: each may import from those after it. */
const LAYERS = [
  'index',
  'configs',
  'rules',
  'define-rule',
  'edits',
  'flow',
  'project',
  'parser',
  'types',
  'syntax',
  'libraries',
  'settings',
  'reports-option',
  'vocabulary',
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const pluginRoot = fileURLToPath(new URL('../eslint-plugin/src', import.meta.url));
const cliRoot = fileURLToPath(new URL('../cli/src', import.meta.url));
const runtimeRoot = fileURLToPath(new URL('../runtime/src', import.meta.url));

function importsIn(root: string): Import[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const statements = text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)';/gm);
      return [...statements].map(([, type, to]) => ({
        from: file,
        to: to!.startsWith('.') ? join(file, '..', to!) : to!,
        isTypeOnly: type !== undefined,
      }));
    });
}

/** The files of each circle of imports, imports of types included. */
function circlesIn(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) {
    const target = to.replace(/\.js$/, '.ts');
    next.set(from, [...(next.get(from) ?? []), target]);
  }
  const reachableFrom = (start: string): ReadonlySet<string> => {
    const reached = new Set<string>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      for (const target of next.get(file) ?? []) {
        if (reached.has(target)) continue;
        reached.add(target);
        open.push(target);
      }
    }
    return reached;
  };
  const reached = new Map([...next.keys()].map((file) => [file, reachableFrom(file)]));
  const circles = [...reached].map(([file, targets]) =>
    [...targets].filter((target) => target === file || reached.get(target)?.has(file)),
  );
  return circles.filter((circle, index) => circle.includes([...reached.keys()][index]!));
}

const layerOf = (path: string): string => path.split('/')[0]!.replace(/\.[jt]s$/, '');

describe('the plugin', () => {
  const imports = importsIn(pluginRoot);
  const own = imports.filter(({ to }) => LAYERS.includes(layerOf(to)));

  test('every file belongs to a layer', () => {
    expect(imports.filter(({ from }) => !LAYERS.includes(layerOf(from)))).toEqual([]);
  });

  test('imports run one way', () => {
    const wrong = own.filter(
      ({ from, to }) => LAYERS.indexOf(layerOf(from)) > LAYERS.indexOf(layerOf(to)),
    );
    // What a setting may name is written where types are matched with it.
    expect(wrong.filter(({ from, isTypeOnly }) => !(from === 'settings.ts' && isTypeOnly))).toEqual(
      [],
    );
  });

  test('no files import each other in a circle', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  test('every file of flow/ is in a room, and paths/ knows no other', () => {
    const flow = imports.filter(({ from }) => layerOf(from) === 'flow');
    const roomOf = (path: string): string => path.split('/')[1]!;
    expect(new Set(flow.map(({ from }) => roomOf(from)))).toEqual(
      new Set(['cancellation', 'cleanup', 'paths', 'promises', 'scopes']),
    );
    const fromPaths = flow.filter(({ from }) => roomOf(from) === 'paths');
    expect(fromPaths.filter(({ to }) => layerOf(to) === 'flow' && roomOf(to) !== 'paths')).toEqual(
      [],
    );
  });

  test('rules never import rules', () => {
    const between = own.filter(
      ({ from, to }) =>
        layerOf(from) === 'rules' && layerOf(to) === 'rules' && !from.endsWith('index.ts'),
    );
    expect(between).toEqual([]);
  });

  test('types know no ESLint, and syntax knows no checker', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        (layerOf(from) === 'types' && to === 'eslint') ||
        (layerOf(from) === 'syntax' && layerOf(to) === 'types'),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing with a TypeScript peer range, nor the runtime, is loaded at run time', () => {
    const heavy =
      /^(typescript|@typescript-eslint\/(?!scope-manager|visitor-keys)|ts-api-utils|mooring$)/;
    expect(imports.filter(({ to, isTypeOnly }) => heavy.test(to) && !isTypeOnly)).toEqual([]);
  });
});

describe('the runtime', () => {
  const imports = importsIn(runtimeRoot);
  const outside = imports.filter(({ to }) => !to.endsWith('.js'));

  test('no files import each other in a circle', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  test('imports nothing but its own files, tiny-invariant, and names behind a condition', () => {
    const behindCondition = (from: string): boolean => from.endsWith('.node.ts');
    const allowed = (to: string): boolean => to === 'tiny-invariant' || to.startsWith('#');
    expect(outside.filter(({ from, to }) => !allowed(to) && !behindCondition(from))).toEqual([]);
  });
});

describe('the command line', () => {
  const imports = importsIn(cliRoot);
  const folderOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : '');

  test('no files import each other in a circle', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  test('the table of commands loads no linter, no checker and no server', () => {
    const reached = new Set(['main.ts']);
    for (const file of reached) {
      for (const { from, to, isTypeOnly } of imports) {
        if (from === file && !isTypeOnly) reached.add(to.replace(/\.js$/, '.ts'));
      }
    }
    const allowed = /^(node:.*|commander|.*\.ts)$/;
    expect([...reached].filter((file) => !allowed.test(file))).toEqual([]);
  });

  test('what commands share knows none of them', () => {
    const commands = new Set(
      readdirSync(cliRoot, { withFileTypes: true })
        .filter(
          (entry) => entry.isDirectory() && existsSync(join(cliRoot, entry.name, 'command.ts')),
        )
        .map(({ name }) => name),
    );
    const wrong = imports.filter(
      ({ from, to }) =>
        from !== 'commands.ts' &&
        to.endsWith('.js') &&
        !commands.has(folderOf(from)) &&
        commands.has(folderOf(to)),
    );
    expect(wrong).toEqual([]);
  });
});
