import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { parse } from './parts.js';
import type { Source } from './source.js';

const CODE = /\.(d\.)?[cm]?[jt]sx?$/;
const SQUIGGLE = /^\s*~+…? +[A-Za-z]+$/;

/** Every source file under a folder, without what is installed in it. */
export function filesUnder(folder: string): Source[] {
  return sourceFilesUnder(folder).map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** Their paths alone: a corpus may not fit in memory. */
export function sourceFilesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.slice(folder.length).includes('node_modules'))
    .sort();
}

/**
 * Programs that are about what the rules look for: those of the rules' own tests and pages. They
 * grow with the rules.
 */
export function rulePrograms(workspace: string): string[] {
  const tests = filesUnder(join(workspace, 'rules-tests/rules')).flatMap(templatesOf);
  const pages = readdirSync(join(workspace, 'docs/rules'))
    .map((page) => readFileSync(join(workspace, 'docs/rules', page), 'utf8'))
    .flatMap((page) => [...page.matchAll(/```tsx?\n([\s\S]*?)```/g)].map(([, code]) => code!));
  return [...tests, ...pages];
}

function templatesOf({ path, text }: Source): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNoSubstitutionTemplateLiteral(node)) {
      found.push(
        node.text
          .split('\n')
          .filter((line) => !SQUIGGLE.test(line))
          .join('\n'),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(text, path));
  return found;
}
