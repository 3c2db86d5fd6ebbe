import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

import { temporaryProject, writeInto } from '../../rules-tests/support/temporary-project.js';
import type { Plan } from '../src/init/edit.js';
import { published } from '../src/init/our-packages.js';
import { planFor } from '../src/init/plan.js';
import { projectAt } from '../src/init/project.js';
import { mooring } from './support/mooring.js';

const PACKAGES = published('0.1.0');
const workspace = fileURLToPath(new URL('../..', import.meta.url));
const FLOATING =
  'export declare function save(): Promise<void>; export async function run() {\nsave();\n}\n';

/** Sets a project up; nothing that was there is lost, and a second time there is nothing to do. */
function setUp(files: Readonly<Record<string, string>>): Plan & { readonly root: string } {
  const root = temporaryProject(files);
  const plan = planFor(projectAt(root), 'recommended', PACKAGES);
  for (const { file, before, after } of plan.edits) {
    expect(isKept(before, after), after).toBe(true);
    writeInto(root, file, after);
  }
  if (plan.pastes.length === 0) {
    expect(planFor(projectAt(root), 'recommended', PACKAGES).edits).toEqual([]);
  }
  return { ...plan, root };
}

/** Whether a text is the other with something put in: spaces aside, nothing is taken away. */
function isKept(before: string, after: string): boolean {
  let at = 0;
  for (const character of before.replaceAll(/\s/g, '')) {
    at = after.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const manifest = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');
const dependenciesOf = (root: string): Readonly<Record<string, string>> =>
  (JSON.parse(textOf(root, 'package.json')) as { devDependencies: Record<string, string> })
    .devDependencies;

/** What ESLint, with what is installed here, reports in the project with its new config. */
async function lint(root: string): Promise<readonly string[]> {
  symlinkSync(join(workspace, 'node_modules'), join(root, 'node_modules'));
  const results = await new ESLint({ cwd: root }).lintFiles(['.']);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => ruleId ?? message),
  );
}

const TYPESCRIPT_ESLINT = {
  eslint: '^10.0.0',
  typescript: '~6.0.3',
  'typescript-eslint': '^8.0.0',
};

describe('a config of ESLint gets the rules as its last parts, and runs', () => {
  test.each<[string, Record<string, string>]>([
    [
      'defineConfig of an array, typescript-eslint with types',
      {
        'package.json': manifest({ type: 'module', devDependencies: TYPESCRIPT_ESLINT }),
        'tsconfig.json': '{}',
        'eslint.config.js': `
          // Ours.
          import { defineConfig } from 'eslint/config';
          import tseslint from 'typescript-eslint';

          export default defineConfig([
            { ignores: ['dist/'] },
            {
              files: ['**/*.ts'],
              languageOptions: {
                parser: tseslint.parser,
                parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname }, // all
              },
            },
          ]);
        `,
      },
    ],
    [
      'tseslint.config of arguments, double quotes, no semicolons, no comma at the end',
      {
        'package.json': manifest({ type: 'module', devDependencies: TYPESCRIPT_ESLINT }),
        'eslint.config.mjs': `
          import tseslint from "typescript-eslint"

          export default tseslint.config(
            { ignores: ["dist/"] },
            { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }
          )
        `,
      },
    ],
    [
      'an array with a name, as create-next-app has it',
      {
        'package.json': manifest({ devDependencies: TYPESCRIPT_ESLINT }),
        'eslint.config.mjs': `
          import { defineConfig, globalIgnores } from 'eslint/config';
          import tseslint from 'typescript-eslint';

          const eslintConfig = defineConfig([
            { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
            globalIgnores(['.next/**', 'next-env.d.ts']),
          ]);

          export default eslintConfig;
        `,
      },
    ],
    [
      'CommonJS',
      {
        'package.json': manifest({ devDependencies: TYPESCRIPT_ESLINT }),
        'eslint.config.js': `
          const tseslint = require('typescript-eslint');

          module.exports = [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }];
        `,
      },
    ],
    [
      'one object, without a parser for TypeScript',
      {
        'package.json': manifest({ type: 'module', devDependencies: { eslint: '^9.20.0' } }),
        'eslint.config.js': 'export default {\n  rules: {},\n};\n',
      },
    ],
    [
      'an empty array',
      {
        'package.json': manifest({ type: 'module', devDependencies: { eslint: '^9.20.0' } }),
        'eslint.config.js': 'export default [];\n',
      },
    ],
    [
      'none yet',
      {
        'package.json': manifest({ devDependencies: { eslint: '^10.0.0', typescript: '^6.0.0' } }),
      },
    ],
    [
      'beside Vue',
      {
        'package.json': manifest({
          type: 'module',
          dependencies: { vue: '^3.5.0' },
          devDependencies: TYPESCRIPT_ESLINT,
        }),
        'eslint.config.js': `
          import tseslint from 'typescript-eslint';
          import parser from 'vue-eslint-parser';

          export default tseslint.config({ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, {
            files: ['**/*.vue'],
            languageOptions: { parser, parserOptions: { parser: tseslint.parser } },
          });
        `,
        'b.vue':
          '<script setup lang="ts">\nconst { signal } = new AbortController();\nif (signal.aborted) throw signal.reason;\n</script>\n',
      },
    ],
  ])('%s', async (name, files) => {
    const { root, pastes } = setUp({ ...files, 'a.ts': FLOATING });
    expect(pastes).toEqual([]);
    const found = ['mooring/no-floating-promises'];
    if (name === 'beside Vue') found.push('mooring/prefer-throw-if-aborted');
    expect(await lint(root)).toEqual(found);
    expect(dependenciesOf(root)).toMatchObject({ 'eslint-plugin-mooring': '^0.1.0' });
  });

  test('as the config is written: tabs, double quotes, tight braces, no comma at the end', () => {
    const { root } = setUp({
      'package.json': manifest({ type: 'module', devDependencies: { eslint: '^10.0.0' } }),
      'eslint.config.js': `import {defineConfig} from "eslint/config";

export default defineConfig([
\t{
\t\tfiles: ["**/*.js"],
\t\trules: {
\t\t\t"no-var": "error"
\t\t}
\t}
]);
`,
    });
    expect(textOf(root, 'eslint.config.js')).toBe(`import {defineConfig} from "eslint/config";
import mooring from "eslint-plugin-mooring";
import parser from "eslint-plugin-mooring/parser";

export default defineConfig([
\t{
\t\tfiles: ["**/*.js"],
\t\trules: {
\t\t\t"no-var": "error"
\t\t}
\t},
\t...mooring.configs["recommended-type-checked"].map((config) => ({
\t\t...config,
\t\tfiles: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
\t\tlanguageOptions: {parser},
\t\tsettings: {mooring: {types: "native", typescript: "typescript-7"}}
\t}))
]);
`);
  });

  test('with the line ends of Windows, and so in the workflow', () => {
    const files = {
      'package.json': manifest({ type: 'module', devDependencies: { eslint: '^10.0.0' } }),
      'eslint.config.js':
        "import js from '@eslint/js';\n\nexport default [\n  js.configs.recommended,\n];\n",
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  a:\n    steps:\n      - run: npm test\n      - run: ./deploy.sh\n',
    };
    const root = temporaryProject(files);
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(root, file), text.replaceAll('\n', '\r\n'));
    }
    const { edits } = planFor(projectAt(root), 'recommended', PACKAGES);
    expect(edits.map(({ file }) => file).sort()).toEqual(Object.keys(files).sort());
    for (const { after } of edits) expect(after).not.toMatch(/(?<!\r)\n/);
  });

  test('with types of the TypeScript 7 that is there', () => {
    const { root } = setUp({
      'package.json': manifest({
        type: 'module',
        devDependencies: { eslint: '^10.0.0', typescript: '^7.0.2' },
      }),
      'eslint.config.js': 'export default [];\n',
    });
    expect(textOf(root, 'eslint.config.js')).toContain(
      "settings: { mooring: { types: 'native' } }",
    );
    expect(dependenciesOf(root)).not.toHaveProperty('typescript-7');
  });

  test('a shape that is not understood is left as it is, with what to paste', () => {
    const { pastes, edits } = setUp({
      'package.json': manifest({ type: 'module', devDependencies: { eslint: '^10.0.0' } }),
      'eslint.config.js': "export { default } from './lint.js';\n",
    });
    expect(edits.map(({ file }) => file)).toEqual(['package.json']);
    expect(pastes).toHaveLength(1);
    expect(pastes[0]).toMatchObject({ where: 'eslint.config.js' });
    expect(pastes[0]!.text).toContain("...mooring.configs['recommended-type-checked'].map(");
  });

  test.each([
    ['.eslintrc.json', '{}'],
    ['eslint.config.js', 'export default [];'],
  ])('ESLint 8 with %s gets the command line beside it', (file, text) => {
    const { root, notes } = setUp({
      'package.json': manifest({ devDependencies: { eslint: '^8.57.0' } }),
      [file]: text,
    });
    expect(notes).toEqual([
      expect.stringMatching(`^${file} is left as it is: the rules run in ESLint from 9.15 on, `),
    ]);
    expect(dependenciesOf(root)).toEqual({ eslint: '^8.57.0', 'mooring-cli': '^0.1.0' });
  });
});

describe('oxlint', () => {
  test('gets the plugin and its rules, beside what is there', () => {
    const { root } = setUp({
      'package.json': manifest({ devDependencies: { oxlint: '^1.0.0', typescript: '^5.9.0' } }),
      '.oxlintrc.json': `
        {
          // Ours.
          "jsPlugins": ["./own.js"],
          "rules": { "no-var": "error" }
        }
      `,
    });
    const text = textOf(root, '.oxlintrc.json');
    expect(text).toContain('// Ours.');
    expect(text).toMatch(/"jsPlugins": \[\s*"\.\/own\.js",\s*"eslint-plugin-mooring"\s*\]/);
    expect(text).toContain('"no-var": "error"');
    expect(text).toContain('"mooring/require-join": "error"');
    expect(text).toContain('"typescript": "typescript-7"');
  });

  test('what is in its config stays as it is written, and each rule has a line', () => {
    const before = `{
  "plugins": ["react"],
  "rules": {
    "react/only-export-components": ["warn", { "allowConstantExport": true }] // of vite
  },
}
`;
    const { root } = setUp({
      'package.json': manifest({ devDependencies: { oxlint: '^1.0.0', typescript: '^7.0.0' } }),
      '.oxlintrc.json': before,
    });
    const text = textOf(root, '.oxlintrc.json');
    expect(text).toContain(
      '\n    "react/only-export-components": ["warn", { "allowConstantExport": true }]',
    );
    expect(text).toContain(
      '\n    "mooring/no-floating-promises": ["error", { "reports": "mistakes" }],\n',
    );
    expect(text).toContain('\n  "jsPlugins": ["eslint-plugin-mooring"],\n');
  });

  test('of a config that cannot be read it says what belongs there', () => {
    const { pastes, edits } = setUp({
      'package.json': manifest({ devDependencies: { oxlint: '^1.0.0' } }),
      '.oxlintrc.json': '{ "rules": ',
    });
    expect(edits.map(({ file }) => file)).toEqual(['package.json']);
    expect(JSON.parse(pastes[0]!.text)).toMatchObject({
      jsPlugins: ['eslint-plugin-mooring'],
      rules: { 'mooring/require-join': 'error' },
    });
  });

  test('without a config gets one', () => {
    const { root } = setUp({ 'package.json': manifest({ devDependencies: { oxlint: '^1.0.0' } }) });
    expect(JSON.parse(textOf(root, '.oxlintrc.json'))).toMatchObject({
      jsPlugins: ['eslint-plugin-mooring'],
    });
  });
});

describe('beside Biome, or no linter', () => {
  const WORKFLOW = `
    on: push # every one
    jobs:
      build:
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@v5
          - run: npm ci
          - name: Lint
            run: npx biome ci

          # The last one.
          - run: ./deploy.sh
  `;

  test.each([
    ['pnpm-lock.yaml', 'pnpm exec'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bunx'],
    ['package-lock.json', 'npx'],
  ])('with %s the step of CI runs `%s mooring check`', (lock, exec) => {
    const { root, pastes } = setUp({
      'package.json': manifest({ devDependencies: { '@biomejs/biome': '2.0.0' } }),
      'biome.json': '{}',
      [lock]: '',
      '.github/workflows/ci.yml': WORKFLOW,
    });
    expect(pastes).toEqual([]);
    expect(textOf(root, '.github/workflows/ci.yml')).toContain(
      `run: npx biome ci\n      - run: ${exec} mooring check --format github\n\n      # The last`,
    );
    expect(dependenciesOf(root)).toHaveProperty('mooring-cli');
  });

  test('without a workflow the step is said', () => {
    const { pastes } = setUp({ 'package.json': '{\n\t"name": "a"\n}\n' });
    expect(pastes).toEqual([
      {
        where: 'CI',
        why: 'No workflow of GitHub Actions here lints or tests',
        text: 'npx mooring check',
      },
    ]);
  });

  test('the manifest gets devDependencies after what it begins with', () => {
    const { root } = setUp({ 'package.json': '{\n  "name": "a",\n  "private": true\n}\n' });
    expect(Object.keys(JSON.parse(textOf(root, 'package.json')) as object)).toEqual([
      'name',
      'private',
      'devDependencies',
    ]);
  });

  test('the manifest keeps its order, its indentation and its line ends', () => {
    const { root } = setUp({
      'package.json':
        '{\r\n\t"devDependencies": {\r\n\t\t"a": "1",\r\n\t\t"z": "1"\r\n\t}\r\n}\r\n',
    });
    expect(textOf(root, 'package.json').trimEnd()).toBe(
      '{\r\n\t"devDependencies": {\r\n\t\t"a": "1",\r\n\t\t"mooring-cli": "^0.1.0",\r\n\t\t"z": "1"\r\n\t}\r\n}',
    );
  });
});

describe('mooring init', () => {
  test('shows what it would write, and writes it with --yes, after a check', async () => {
    const cwd = temporaryProject({ 'package.json': '{}\n', 'a.ts': FLOATING });
    const shown = await mooring(['init'], { cwd });
    expect(shown.stdout).toMatch(/^--- package\.json\n\+\+\+ package\.json\n@@ /);
    expect(shown.stdout).toMatch(/^\+.*"mooring-cli": "file:.*cli"/m);
    expect(shown.stdout).toMatch(/^What is installed is linked to the checkout in /m);
    expect(shown.stdout).toMatch(/^Nothing was written: mooring init --yes writes it\.$/m);
    expect(shown.code).toBe(0);
    expect(textOf(cwd, 'package.json')).toBe('{}\n');

    const written = await mooring(['init', '--yes'], { cwd });
    expect(written.stdout).toMatch(/^1 file, 1 finding$/m);
    expect(written.stdout).toMatch(/^Written\. What comes next:\n {2}npm install$/m);
    expect(written.stdout).toMatch(
      /^ {2}CI fails until that is mended\. .*: npx mooring check --baseline mooring-baseline\.json --update/m,
    );
    expect(written.code).toBe(0);
    const again = await mooring(['init', '--yes'], { cwd });
    expect(again.stdout).toBe('The rules are set up here: there is nothing to write.\n');
  });

  test('formats with the prettier of the project what it has formatted before, and that alone', async () => {
    const config = "export default [{ rules: { 'no-var': 'error' } }]\n";
    const files = {
      'package.json': manifest({ type: 'module', devDependencies: { eslint: '^10.0.0' } }),
      'eslint.config.js': config,
      'a.ts': FLOATING,
      '.prettierrc':
        '{ "semi": false, "singleQuote": true, "printWidth": 60, "arrowParens": "avoid" }',
    };
    const own = async (others: Readonly<Record<string, string>>): Promise<string> => {
      const cwd = temporaryProject({ ...files, ...others });
      mkdirSync(join(cwd, 'node_modules'));
      symlinkSync(join(workspace, 'node_modules/prettier'), join(cwd, 'node_modules/prettier'));
      return (await mooring(['init'], { cwd })).stdout;
    };
    expect(await own({})).toMatch(/^\+.*\.map\(\n?.*config => \(\{$/m);
    const asWritten = /^\+.*\.map\(\(config\) => \(\{$/m;
    expect(await own({ 'eslint.config.js': `${config};\n` })).toMatch(asWritten);
    expect(await own({ '.prettierignore': 'eslint.config.js\n' })).toMatch(asWritten);
    expect(await own({ '.prettierrc': '{ "plugins": ["not-there"] }' })).toMatch(asWritten);
  });

  test('checks with the preset that it sets up', async () => {
    const text = 'declare function save(): Promise<void>;\nvoid save();\nexport {};\n';
    const cwd = temporaryProject({ 'package.json': '{}', 'a.ts': text });
    const { stdout } = await mooring(['init', '--yes', '--preset', 'structured'], { cwd });
    expect(stdout).toMatch(/^1 file, 1 finding$/m);
  });

  test("says what Yarn Plug'n'Play takes away", async () => {
    const cwd = temporaryProject({
      'package.json': '{ "dependencies": { "left-pad": "1.3.0" } }\n',
      'yarn.lock': '',
      '.pnp.cjs': 'module.exports = {};\n',
      '.pnp.loader.mjs': '',
      'a.ts': FLOATING,
    });
    const sentence = /^Yarn Plug'n'Play keeps packages in archives, .*\.yarnrc\.yml\.$/m;
    expect((await mooring(['init'], { cwd })).stdout).toMatch(sentence);
    const { stdout } = await mooring(['check'], { cwd });
    expect(stdout).toMatch(sentence);
    expect(stdout).toMatch(/^1 file, 1 finding$/m);
  });

  test('refuses what is no project, or a part of one', async () => {
    const cwd = temporaryProject({
      'package.json': '{ "workspaces": ["a"] }',
      'a/package.json': '{}',
      'b/package.json': '[]',
      'c/a.ts': '',
      'd/package.json': '{ "name": ',
      '.git/HEAD': '',
    });
    const refusal = async (path: string) => {
      const { code, stderr } = await mooring(['init', path], { cwd });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refusal('a')).toMatch(/a is a package of the workspace in .*: run init there\.$/m);
    expect(await refusal('b')).toMatch(/^The package\.json in .*b is no manifest\.$/m);
    expect(await refusal('c')).toMatch(/^There is no package\.json in .*c: /);
    expect(await refusal('c/a.ts')).toMatch(
      /a\.ts.package\.json cannot be read: not a directory\.$/m,
    );
    expect(await refusal('d')).toMatch(
      /d.package\.json is no JSON: Unexpected end of JSON input\.$/m,
    );
    expect(existsSync(join(cwd, 'c/package.json'))).toBe(false);
  });
});
