/**
 * `node tools/dist/audit-repo.js PATH [--preset NAME] [--rule NAME …] [--sample N --seed N]
 * [--out FILE]`: lints the TypeScript project at PATH and writes every report with its code and its
 * suggestions as Markdown, for a person to judge. Beside the counts stand those of
 * typescript-eslint's `no-floating-promises` and `no-misused-promises`. No config and no comment of
 * the project has a say. With `--rule` only the rules named are run. With `--sample` the counts are
 * of all reports, and as many reports are drawn at random and shown with more of their code; the
 * same seed draws the same ones. Exit code: 0 linted, 2 could not lint.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import plugin, { type ConfigName } from 'eslint-plugin-mooring';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    preset: { type: 'string', default: 'recommended-type-checked' },
    rule: { type: 'string', multiple: true },
    sample: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
  },
});
const from = process.env['INIT_CWD'] ?? '';
const [path, ...rest] = positionals;
const all = Object.keys(plugin.rules ?? {});
const unknown = values.rule?.find((rule) => !all.includes(rule));
const size = numberOf(values.sample);
const seed = numberOf(values.seed);

if (path === undefined || rest.length > 0) fail('audit-repo takes one path.');
else if (!(values.preset in plugin.configs)) fail(`There is no preset '${values.preset}'.`);
else if (unknown !== undefined) fail(`There is no rule '${unknown}'.`);
else if (Number.isNaN(size) || size === 0) fail('audit-repo takes an integer above 0 as --sample.');
else if (Number.isNaN(seed)) fail('audit-repo takes an integer as --seed.');
else if ((size === undefined) !== (seed === undefined)) fail('--sample and --seed go together.');
else await audit(resolve(from, path), values.preset as ConfigName);

async function audit(project: string, preset: ConfigName): Promise<void> {
  // All of TypeScript: who has mistyped an option need not wait for it.
  const { default: tseslint } = await import('typescript-eslint');
  const { auditPage, PEER_RULES } = await import('./audit/audit-page.js');
  const { CannotLintError, lintProject } = await import('./lint-project.js');
  try {
    const report = await lintProject(project, {
      preset,
      more: [
        {
          linterOptions: { noInlineConfig: true },
          plugins: { '@typescript-eslint': tseslint.plugin },
          rules: {
            ...Object.fromEntries(PEER_RULES.map((rule) => [rule, 'error'] as const)),
            ...Object.fromEntries(
              all.filter(isLeftOut).map((rule) => [`mooring/${rule}`, 'off'] as const),
            ),
          },
        },
      ],
    });
    const sampling = size === undefined || seed === undefined ? undefined : { size, seed };
    const page = auditPage(report, preset, sampling);
    if (values.out === undefined) console.log(page);
    else writeFileSync(resolve(from, values.out), page);
  } catch (error) {
    if (!(error instanceof CannotLintError)) throw error;
    fail(error.message);
  }
}

function isLeftOut(rule: string): boolean {
  return values.rule !== undefined && !values.rule.includes(rule);
}

/** NaN for what is no whole number. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
