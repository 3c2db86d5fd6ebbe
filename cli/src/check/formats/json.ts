import { afloatIn, type CheckReport, wordsOf } from '../../lint/finding.js';
import { portablePath } from '../../lint/portable-path.js';

/** For a program. The members of version 1 stay as they are; others may come. */
export function json(report: CheckReport): string {
  const { root, preset, files, findings, known, gone, unparsed, notes, awaited } = report;
  const value = {
    version: 1,
    root,
    preset: preset ?? null,
    files: files.length,
    findings: findings.map((finding) => ({
      ...finding,
      file: portablePath(root, finding.file),
    })),
    knownFindings: known,
    goneFindings: gone,
    promises: { awaited, afloat: afloatIn(findings) },
    unparsed: unparsed.map((each) => wordsOf(root, each)),
    notes,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
