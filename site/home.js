/** The first page: the leak, the fix and the proof side by side, from pages whose code is run by tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function homePage(root, repository) {
  const [leak, fix] = programsIn(readFileSync(join(root, 'README.md'), 'utf8'));
  const [proof] = programsIn(readFileSync(join(root, 'docs/guide/testing.md'), 'utf8'));
  return `---
layout: home
hero:
  name: mooring
  text: Structured concurrency for TypeScript
  tagline: Task groups, deadlines and cancellation on the promises you already write, and rules that find the work which nobody owns.
  actions:
    - theme: brand
      text: Look at your project
      link: /check
    - theme: alt
      text: Playground
      link: /playground
    - theme: alt
      text: Guide
      link: /guide/
    - theme: alt
      text: Repository
      link: ${repository}
---

<div class="three">

<div>

## The leak

${leak}

</div>
<div>

## The fix

${fix}

</div>
<div>

## The proof

${proof}

</div>
</div>

## In five minutes

1. [\`npx mooring-cli check\`](/check) says where work floats in a project, with nothing installed there.
2. [\`npx mooring-cli init\`](/init) puts the rules beside the linter that is there; the [editor](/editors) shows them.
3. [\`npm install mooring\`](/guide/task-group), and the first \`Promise.all\` becomes a group.

The first version is not on npm yet: until it is, [a checkout](${repository}#try-it) gives the program \`mooring\`.

A code base climbs [three steps](/steps): mistakes, owners, cancellation that arrives. [Adopting it](/adopting) has the
numbers, [when not to](/adopting#when-not-to) among them.
`;
}

/** The programs of a page, each with what it prints. */
function programsIn(page) {
  const blocks = page.matchAll(/^\`\`\`ts\n.*?^\`\`\`(?:\n\n\`\`\`text\n.*?^\`\`\`)?$/gms);
  return [...blocks].map(([block]) => block);
}
