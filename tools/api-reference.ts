/** The API reference of the runtime, made of the comments in its sources. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Application } from 'typedoc';

import { root } from './root.js';

/** The page as Markdown. */
export async function apiReference(): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'mooring-api-'));
  try {
    const application = await Application.bootstrapWithPlugins({
      options: join(root, 'typedoc.json'),
      logLevel: 'Error',
      out,
    });
    const project = await application.convert();
    if (project === undefined) throw new Error('typedoc cannot read the sources of the runtime.');
    await application.generateOutputs(project);
    return readFileSync(join(out, 'README.md'), 'utf8');
  } finally {
    rmSync(out, { recursive: true });
  }
}
