import { chmodSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { readSettings } from '../../eslint-plugin/src/settings.js';
import { closeNativeSessions } from '../../eslint-plugin/src/types/native/types.js';
import { hasTypes } from '../../eslint-plugin/src/types/types-for.js';
import { typedProgram } from '../support/typed-program.js';
import { Folder, root } from './folder.js';
import { checkersOf } from './processes.js';

beforeEach(closeNativeSessions);
afterAll(closeNativeSessions);

const real = dirname(createRequire(join(root, 'x.js')).resolve('typescript-7/package.json'));
const platform = `@typescript/typescript-${process.platform}-${process.arch}`;

/** A folder with a TypeScript of its own in it, made of these files. */
function withTypeScript(files: Readonly<Record<string, string>>): Folder {
  return new Folder({
    'a.ts': 'Promise.resolve();',
    ...Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`node_modules/${name}`, text]),
    ),
  });
}

const asks = (folder: Folder) => (): string =>
  folder.last('a.ts', 'Promise.resolve();', folder.path, 'typescript').promise;

describe('it is told of', () => {
  test('that TypeScript is not there', () => {
    using folder = withTypeScript({});
    expect(asks(folder)).toThrow(`There is no package 'typescript' for ${folder.path}.`);
  });

  test('that it is too old', () => {
    using folder = withTypeScript({ 'typescript/package.json': '{ "version": "6.0.3" }' });
    expect(asks(folder)).toThrow(
      `typescript 6.0.3 in ${folder.path}/node_modules/typescript has no checker that a plugin can start`,
    );
  });

  test('that it lacks its program for this platform', () => {
    using folder = withTypeScript({ 'typescript/package.json': '{ "version": "7.0.2" }' });
    expect(asks(folder)).toThrow(`lacks its program for this platform, the package ${platform}`);
  });

  test('that the program is of another release', () => {
    using folder = withTypeScript({
      'typescript/package.json': '{ "version": "7.0.2" }',
      [`${platform}/package.json`]: '{ "version": "7.0.1" }',
    });
    expect(asks(folder)).toThrow(`has a program of another release: ${platform} is 7.0.1`);
  });

  test('that the program cannot be run', () => {
    using folder = withTypeScript({
      'typescript/package.json': '{ "version": "7.0.2" }',
      [`${platform}/package.json`]: '{ "version": "7.0.2" }',
      [`${platform}/lib/tsc`]: '',
    });
    expect(asks(folder)).toThrow('has a program that cannot be run');
  });

  test('that it lacks its library, without which no promise is one (P8)', () => {
    using folder = withTypeScript({
      'typescript/package.json': '{ "version": "7.0.2" }',
      [`${platform}/package.json`]: '{ "version": "7.0.2" }',
      [`${platform}/lib/tsc`]: '',
    });
    chmodSync(join(folder.path, 'node_modules', platform, 'lib/tsc'), 0o755);
    expect(asks(folder)).toThrow(/lacks its library: .+lib\.es5\.d\.ts\. Install again\.$/);
  });

  test('that its manifest was cut off (P8)', () => {
    using folder = withTypeScript({ 'typescript/package.json': '{ "version": "7.0' });
    expect(asks(folder)).toThrow(/typescript\/package\.json.+Install again\.$/s);
  });

  test('that the manifest of the project is broken, which is not mended by installing again', () => {
    using folder = new Folder({ 'a.ts': 'Promise.resolve();', 'package.json': '{ "name": ' });
    expect(asks(folder)).toThrow(`Error parsing ${folder.path}/package.json: `);
    expect(asks(folder)).toThrow(/\. Mend it\.$/);
    const named = (): string =>
      folder.last('a.ts', 'Promise.resolve();', folder.path, real).promise;
    expect(named()).toBe('yes');
  });

  test('that a name has a backslash, which is a slash to it (P8)', () => {
    using folder = new Folder({ 'tsconfig.json': '{}', 't\\u.ts': 'Promise.resolve();' });
    const ask = (): string => folder.last('t\\u.ts', 'Promise.resolve();').promise;
    expect(ask).toThrow('TypeScript reads the backslash in its name as a slash.');
  });

  test('that it is of a version without the API', () => {
    using folder = withProgram('9.9.9', '');
    expect(asks(folder)).toThrow(
      /^typescript 9\.9\.9 in .+ has none of typescript\/sync, typescript\/unstable\/sync/,
    );
  });

  test('that its API has changed', () => {
    using folder = withProgram('9.9.9', '', {
      'typescript/package.json':
        '{ "name": "typescript", "version": "9.9.9", "type": "module",' +
        ' "exports": { "./package.json": "./package.json", "./sync": "./sync.js", "./ast": "./sync.js" } }',
      'typescript/sync.js': 'export class API {}; export const SyntaxKind = {};',
    });
    expect(asks(folder)).toThrow(/^TypeScript 9\.9\.9 in .+ has another API .+TypeFlags\.Any/);
  });

  test.each([
    ['ends at once', '#!/bin/sh\nexit 3'],
    ['says something else', '#!/bin/sh\necho hello; cat > /dev/null'],
  ])('that the program %s', (_, program) => {
    using folder = withProgram('7.0.2', program);
    link(folder, 'dist');
    writeRealManifest(folder);
    expect(asks(folder)).toThrow(/^The checker of TypeScript 7\.0\.2 in .+ ended while/);
    closeNativeSessions();
    expect(checkersOf()).toEqual([]);
  });
});

/** A TypeScript whose program is a script. */
function withProgram(
  version: string,
  program: string,
  files: Readonly<Record<string, string>> = {},
): Folder {
  const folder = withTypeScript({
    'typescript/package.json': `{ "name": "typescript", "version": "${version}", "exports": { "./package.json": "./package.json" } }`,
    [`${platform}/package.json`]: `{ "version": "${version}" }`,
    [`${platform}/lib/tsc`]: program,
    [`${platform}/lib/lib.es5.d.ts`]: '',
    ...files,
  });
  chmodSync(join(folder.path, `node_modules/${platform}/lib/tsc`), 0o755);
  return folder;
}

function writeRealManifest(folder: Folder): void {
  const manifest: unknown = createRequire(join(real, 'x.js'))('./package.json');
  folder.write('node_modules/typescript/package.json', JSON.stringify(manifest));
}

function link(folder: Folder, name: string): void {
  symlinkSync(join(real, name), join(folder.path, 'node_modules/typescript', name));
}

describe('where the parser has types too', () => {
  const settings = { types: 'native', typescript: 'no-such-package' };

  test('they are taken instead, and it is said once', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const ask = () => typedProgram('Promise.resolve();', 'parser-services', settings).types;
    expect(hasTypes(ask())).toBe(true);
    expect(hasTypes(ask())).toBe(true);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]![0]).toMatch(
      /'native', but .+ There is no package 'no-such-package'/,
    );
    warn.mockRestore();
  });
});

test('where the parser has types, a checker that cannot be started does not matter', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  using folder = withProgram('7.0.2', '#!/bin/sh\nexit 3');
  link(folder, 'dist');
  writeRealManifest(folder);
  const typescript = join(folder.path, 'node_modules/typescript');
  const { ast, types } = typedProgram('Promise.resolve();', 'parser-services', {
    types: 'native',
    typescript,
  });
  const [statement] = ast.body as unknown as [{ expression: never }];
  expect(types.values([statement.expression])[0]!.promise).toBe('yes');
  expect(warn.mock.calls[0]![0]).toMatch(
    /but the parser's types are taken: The checker of .+ ended/,
  );
  warn.mockRestore();
});

describe('settings', () => {
  test('say which provider, and under which name TypeScript 7 is installed', () => {
    expect(readSettings({ mooring: {} })).toMatchObject({
      types: 'auto',
      typescript: 'typescript',
    });
    expect(() => readSettings({ mooring: { types: 'tsgo' } })).toThrow(
      `settings.mooring.types of the ESLint config is "tsgo"; it has to be one of 'auto', 'parser-services', 'native'.`,
    );
    expect(() => readSettings({ mooring: { typescript: '' } })).toThrow(
      'settings.mooring.typescript of the ESLint config is ""; it has to be the name of a package.',
    );
  });
});
