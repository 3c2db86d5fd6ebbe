/** The three files of a new rule, as `npm run new-rule NAME` writes them. */
export const templates: Readonly<Record<string, (name: string) => string>> = {
  'eslint-plugin/src/rules/NAME.ts': (name) => `import { defineRule } from '../define-rule.js';

export default defineRule({
  name: '${name}',
  docs: {
    description: 'debugger statements, TODO: say what it is that is wrong',
    preset: 'opt-in',
    types: 'none',
  },
  kind: 'problem',
  messages: {
    found: 'TODO: what is wrong, what it leads to, what to do.',
  },
  defaultOptions: {},
  create({ context }) {
    return {
      DebuggerStatement(node) {
        context.report({ node, messageId: 'found' });
      },
    };
  },
});
`,
  'rules-tests/rules/NAME.test.ts': (
    name,
  ) => `import { describeRule } from '../support/describe-rule.js';

describeRule('${name}', {
  allows: {
    'TODO: a sentence that says what is fine': \`
      export {};
    \`,
  },
  reports: {
    'TODO: a sentence that says what is wrong': \`
      debugger;
      ~~~~~~~~~ found
    \`,
  },
  misses: {},
});
`,
  'docs/rules/NAME.md': () => `<!-- header: generated -->

## Why it matters

TODO

## Examples

\`\`\`ts
// ❌
debugger;
\`\`\`

\`\`\`ts
// ✅
export {};
\`\`\`

## What it does not report

TODO

## When not to use it

TODO
`,
};
