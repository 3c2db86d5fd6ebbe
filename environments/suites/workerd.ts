/** The programs in workerd: bundled as its own tools do it, without the switch for Node's modules. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

import { programs } from '../programs.js';

const WORKER = `
  import * as mooring from 'mooring';
  import { programs } from '../programs.js';

  export default {
    async fetch(request) {
      const name = decodeURIComponent(new URL(request.url).pathname.slice(1));
      try {
        await programs[name](mooring);
        return new Response('');
      } catch (error) {
        return new Response(error?.stack ?? String(error));
      }
    },
  };
`;

const { outputFiles } = await build({
  stdin: { contents: WORKER, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'neutral',
  conditions: ['workerd', 'worker', 'browser'],
});
const worker = new Miniflare({
  modules: true,
  script: outputFiles[0]!.text,
  compatibilityDate: '2026-03-01',
});
after(() => worker.dispose());

for (const name of Object.keys(programs)) {
  test(name, async () => {
    const answer = await worker.dispatchFetch(`http://worker/${encodeURIComponent(name)}`);
    assert.equal(await answer.text(), '');
  });
}
