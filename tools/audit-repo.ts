/**
 * `node tools/dist/audit-repo.js PATH [--preset NAME] [--out FILE]`: lints the TypeScript project at
 * PATH and writes every report with its code as Markdown, for a person to judge. Beside the counts
 * stand those of typescript-eslint's `no-floating-promises` and `no-misused-promises`. No config and
 * no comment of the project has a say. Exit code: 0 linted, 2 could not lint.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import plugin, { type ConfigName } from 'eslint-plugin-mooring';
import tseslint from 'typescript-eslint';

import { auditPage, PEER_RULES } from './audit/audit-page.js';
import { CannotLintError, lintProject } from './lint-project.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    preset: { type: 'string', default: 'recommended-type-checked' },
    out: { type: 'string' },
  },
});
const from = process.env['INIT_CWD'] ?? '';
const [path, ...rest] = positionals;

if (path === undefined || rest.length > 0) fail('audit-repo takes one path.');
else if (!(values.preset in plugin.configs)) fail(`There is no preset '${values.preset}'.`);
else await audit(resolve(from, path), values.preset as ConfigName);

async function audit(project: string, preset: ConfigName): Promise<void> {
  try {
    const report = await lintProject(project, {
      preset,
      more: [
        {
          linterOptions: { noInlineConfig: true },
          plugins: { '@typescript-eslint': tseslint.plugin as object },
          rules: Object.fromEntries(PEER_RULES.map((rule) => [rule, 'error'])),
        },
      ],
    });
    const page = auditPage(report, preset);
    if (values.out === undefined) console.log(page);
    else writeFileSync(resolve(from, values.out), page);
  } catch (error) {
    if (!(error instanceof CannotLintError)) throw error;
    fail(error.message);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
