import { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import { expect, test } from 'vitest';
import * as typescript from '@typescript-eslint/parser';
import * as svelte from 'svelte-eslint-parser';
import * as vue from 'vue-eslint-parser';

import { applyFix } from './support/lint.js';
import { dedent } from './support/squiggles.js';

const cwd = import.meta.dirname;

/** What the rules that need no types suggest for a component, in a folder that has the runtime. */
function programs(filename: string, code: string, parser: object): readonly string[] {
  const text = dedent(code);
  const messages = new Linter({ cwd }).verify(
    text,
    [
      {
        files: ['**/*.{svelte,vue}'],
        plugins: { mooring: plugin },
        languageOptions: {
          parser: parser,
          parserOptions: { parser: typescript },
        },
        rules: { 'mooring/no-detached-iife': 'error' },
      },
    ],
    filename,
  );
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.flatMap(({ suggestions = [] }) =>
    suggestions.map(({ fix }) => applyFix(text, fix)),
  );
}

test('an import goes into the script of a Svelte component, indented as it is', () => {
  const component = (imported: string, body: readonly string[]): string =>
    [
      '<h1>Page</h1>',
      '<script lang="ts">',
      ...imported.split('|').filter(Boolean),
      '\tconst open = async () => {',
      ...body,
      '\t};',
      '</script>',
      '<button onclick={open}>open</button>',
      '',
    ].join('\n');
  const before = component('', [
    '\t\tvoid (async () => { await fetch("/log"); })();',
    '\t\tawait fetch("/page");',
  ]);
  expect(programs('Page.svelte', before, svelte)).toContain(
    component("\timport { TaskGroup } from 'mooring';", [
      '\t\tawait TaskGroup.run(async (group) => {',
      '\t\t\tgroup.createTask(() => (async () => { await fetch("/log"); })());',
      '\t\t\tawait fetch("/page");',
      '\t\t});',
    ]),
  );
});

test('an import goes after the others of the script of a Vue component', () => {
  const given = `
    <template><button @click="open">open</button></template>
    <script setup lang="ts">
    import { ref } from 'vue';
    const page = ref('');
    async function open() {
      (async () => { await fetch('/log'); })();
      page.value = await (await fetch('/page')).text();
    }
    </script>
  `;
  expect(programs('Page.vue', given, vue)).toContain(
    dedent(`
      <template><button @click="open">open</button></template>
      <script setup lang="ts">
      import { ref } from 'vue';
      import { TaskGroup } from 'mooring';
      const page = ref('');
      async function open() {
        await TaskGroup.run(async (group) => {
          group.createTask(() => (async () => { await fetch('/log'); })());
          page.value = await (await fetch('/page')).text();
        });
      }
      </script>
    `),
  );
});

test('at the top of a component nothing is awaited: its script is the body of a function', () => {
  const script = `
    <script lang="ts">
    (async () => { await fetch('/log'); })();
    </script>
  `;
  expect(programs('Page.svelte', script, svelte)).toEqual([]);
  expect(programs('Page.vue', script.replace('lang', 'setup lang'), vue)).toEqual([]);
});
