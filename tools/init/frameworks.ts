import {
  ESLINT,
  type Fixture,
  manifest,
  packageOf,
  SOURCE,
  TSCONFIG,
  workflow,
} from './fixture.js';

const WARNS = { files: { 'src/own.ts': 'debugger;\n' }, warns: 'no-debugger' };

/** Those that bring parsers, plugins and layouts of their own. */
export const FRAMEWORKS: readonly Fixture[] = [
  {
    name: 'npm, Vue',
    manager: 'npm',
    lints: 'npx eslint .',
    warns: WARNS.warns,
    files: {
      'package.json': manifest(
        'module',
        {
          '@vue/eslint-config-typescript': '^14.6.0',
          eslint: '^10.0.0',
          'eslint-plugin-vue': '^10.6.0',
          jiti: '^2.6.0',
          typescript: '~6.0.0',
        },
        { vue: '^3.5.0' },
      ),
      'tsconfig.json': TSCONFIG,
      'eslint.config.ts': `import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import vue from 'eslint-plugin-vue'

export default defineConfigWithVueTs(
  { files: ['**/*.{ts,vue}'], rules: { 'no-debugger': 'warn' } },
  { ignores: ['dist/**'] },
  vue.configs['flat/essential'],
  vueTsConfigs.recommended,
)
`,
      'src/index.ts': SOURCE,
      'src/TheShop.vue':
        '<script setup lang="ts">\nconst open = true;\n</script>\n\n<template><p v-if="open">open</p></template>\n',
      ...WARNS.files,
      '.github/workflows/ci.yml': workflow('npm test'),
    },
  },
  {
    name: 'pnpm, Svelte',
    manager: 'pnpm',
    lints: 'pnpm exec eslint .',
    warns: WARNS.warns,
    files: {
      'package.json': manifest('module', {
        eslint: '^10.0.0',
        'eslint-plugin-svelte': '^3.14.0',
        svelte: '^5.50.0',
        typescript: '~5.9.0',
        'typescript-eslint': '^8.50.0',
      }),
      'tsconfig.json': TSCONFIG,
      'eslint.config.js': `import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

export default [
\t{ ignores: ['dist/'] },
\t...tseslint.configs.recommended,
\t...svelte.configs.recommended,
\t{
\t\tfiles: ['**/*.svelte'],
\t\tlanguageOptions: { parserOptions: { parser: tseslint.parser } }
\t},
\t{ rules: { 'no-debugger': 'warn' } }
];
`,
      'src/index.ts': SOURCE,
      'src/Shop.svelte':
        '<script lang="ts">\n  const open: boolean = true;\n</script>\n\n{#if open}<p>open</p>{/if}\n',
      ...WARNS.files,
      '.github/workflows/ci.yml': workflow('pnpm test'),
    },
  },
  {
    name: 'npm, Next',
    manager: 'npm',
    lints: 'npx eslint .',
    source: 'app/shop.ts',
    warns: '@next/next/no-img-element',
    files: {
      'package.json': manifest(
        'commonjs',
        {
          '@types/react': '^19.0.0',
          eslint: '^9.39.0',
          'eslint-config-next': '^16.0.0',
          typescript: '~5.9.0',
        },
        { next: '^16.0.0', react: '^19.0.0', 'react-dom': '^19.0.0' },
      ),
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          jsx: 'preserve',
          lib: ['dom', 'esnext'],
          module: 'esnext',
          moduleResolution: 'bundler',
          strict: true,
        },
        include: ['**/*.ts', '**/*.tsx'],
      }),
      'eslint.config.mjs': `import vitals from 'eslint-config-next/core-web-vitals';
import typescript from 'eslint-config-next/typescript';
import { defineConfig, globalIgnores } from 'eslint/config';

const config = defineConfig([...vitals, ...typescript, globalIgnores(['.next/**'])]);

export default config;
`,
      'app/shop.ts': SOURCE,
      'app/page.tsx': `import { run } from './shop';

export default async function Page() {
  await run();
  return <img src="/a.png" alt="" />;
}
`,
      '.github/workflows/ci.yml': workflow('npm test'),
    },
  },
  {
    name: 'pnpm, workspace, TypeScript 6',
    manager: 'pnpm',
    lints: 'pnpm exec eslint .',
    source: 'packages/shop/src/index.ts',
    warns: WARNS.warns,
    files: {
      'package.json': manifest('module', {
        eslint: '^10.0.0',
        typescript: '~6.0.0',
        'typescript-eslint': '^8.50.0',
      }),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'eslint.config.js': ESLINT.replace(
        '    extends:',
        "    rules: { 'no-debugger': 'warn' },\n    extends:",
      ),
      'packages/store/package.json': packageOf('store', {}),
      'packages/store/tsconfig.json': TSCONFIG,
      'packages/store/src/index.ts':
        "export async function save(): Promise<void> {\n  await fetch('/');\n}\n",
      'packages/store/src/own.ts': 'debugger;\n',
      'packages/shop/package.json': packageOf('shop', { store: 'workspace:*' }),
      'packages/shop/tsconfig.json': TSCONFIG,
      // That it is a promise is known from the other package alone.
      'packages/shop/src/index.ts': `import { save } from 'store';

export async function run(): Promise<void> {
  save();
}
`,
      '.github/workflows/ci.yml': workflow('pnpm -r test'),
    },
  },
  {
    name: "yarn with Plug'n'Play, ESLint 10",
    manager: 'yarn',
    lints: 'yarn eslint .',
    warns: WARNS.warns,
    files: {
      'package.json': manifest('module', {
        eslint: '^10.0.0',
        typescript: '~5.9.0',
        'typescript-eslint': '^8.50.0',
      }),
      'yarn.lock': '',
      'tsconfig.json': TSCONFIG,
      'eslint.config.js': ESLINT.replace("'dist/'", "'dist/', '.pnp.*', '.yarn/'").replace(
        '    extends:',
        "    rules: { 'no-debugger': 'warn' },\n    extends:",
      ),
      'src/index.ts': SOURCE,
      ...WARNS.files,
      '.github/workflows/ci.yml': workflow('yarn test'),
    },
  },
];
