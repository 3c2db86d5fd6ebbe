/** The API reference of the runtime, made of the comments in its sources: a page for each entry. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Application } from 'typedoc';

import { root } from './root.js';

/** The main entry, which typedoc names after its file: a page called `index` is another thing on a site. */
const MAIN = 'index';

/** The pages as Markdown, by the name of the file. */
export async function apiReference(): Promise<Map<string, string>> {
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
    return new Map(
      readdirSync(out)
        .filter((file) => file.endsWith('.md'))
        .map((file) => page(file, readFileSync(join(out, file), 'utf8'))),
    );
  } finally {
    rmSync(out, { recursive: true });
  }
}

function page(file: string, text: string): [string, string] {
  const linked = text.replaceAll(`](${MAIN}.md`, '](mooring.md');
  const entry = file.replace(/\.md$/, '');
  if (entry === 'README')
    return [
      file,
      linked.replaceAll(/^- \[(.*?)\]/gm, (_, name) => `- [\`${specifier(String(name))}\`]`),
    ];
  return [entry === MAIN ? 'mooring.md' : file, linked.replace(/^# .*/, `# ${specifier(entry)}`)];
}

/** What a program imports. */
function specifier(entry: string): string {
  return entry === MAIN ? 'mooring' : `mooring/${entry}`;
}
