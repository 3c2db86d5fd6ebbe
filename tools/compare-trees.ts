/**
 * `npm run compare-trees -- FOLDER …`: parses every source file under each FOLDER with the plugin's
 * parser and with that of typescript-eslint, and says where nodes, tokens, comments or scopes
 * differ, each difference once with the first file that shows it. Exit code: 0 none but those that
 * docs/parser.md gives a reason for, 1 others, 2 wrong use.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import { sourceFilesUnder } from './robustness/seeds.js';
import { compareTrees } from './trees/differences.js';
import { reasonFor } from './trees/reasons.js';

interface Seen {
  readonly what: string;
  readonly file: string;
  readonly details: string;
  readonly reason: string | undefined;
  count: number;
}

const folders = process.argv.slice(2).map((path) => resolve(process.env['INIT_CWD'] ?? '', path));
const wrong = folders.find((path) => !existsSync(path) || !statSync(path).isDirectory());
if (folders.length === 0 || wrong !== undefined) {
  console.error(wrong === undefined ? 'compare-trees takes folders.' : `${wrong} is no folder.`);
  process.exitCode = 2;
} else {
  process.exitCode = compare(folders.flatMap(sourceFilesUnder)) ? 0 : 1;
}

function compare(files: readonly string[]): boolean {
  const seen = new Map<string, Seen>();
  let compared = 0;
  let same = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { hasTrees, differences } = compareTrees(text, file);
    if (hasTrees) compared++;
    if (hasTrees && differences.length === 0) same++;
    for (const difference of differences) {
      const { what, details } = difference;
      const reason = reasonFor(difference, { file, text, differences });
      // What has no reason here may have one elsewhere.
      const key = reason === undefined ? `${what} without a reason` : what;
      const known = seen.get(key);
      if (known !== undefined) known.count++;
      else seen.set(key, { what, file, details, reason, count: 1 });
    }
  }
  console.log(`${files.length} files, ${compared} with a tree of both, ${same} of them the same`);
  const isKnown = ({ reason }: Seen): boolean => reason !== undefined;
  const found = [...seen.values()].sort(
    (a, b) => Number(isKnown(a)) - Number(isKnown(b)) || b.count - a.count,
  );
  for (const { what, count, file, details, reason } of found) {
    console.log(`\n${count} × ${what}\n  ${file}\n  ${details}`);
    if (reason !== undefined) console.log(`  known: ${reason}`);
  }
  return found.every(isKnown);
}
