import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { TaskGroup } from 'mooring';

import { runCheck } from '../check/check.js';
import { CannotError, CLEAN, type ExitCode } from '../command.js';
import type { Preset } from '../lint/preset.js';
import { asPrettierWrites } from '../own-prettier.js';
import type { Terminal } from '../terminal.js';
import { cannotWrite, writeText } from '../write-text.js';
import type { InitOptions } from './command.js';
import type { Edit, Paste } from './edit.js';
import { ourPackages } from './our-packages.js';
import { planFor } from './plan.js';
import { projectAt } from './project.js';

/**
 * `mooring init [PATH]`: shows what would be written; with `--yes` writes it, and ends by a check. The
 * check comes first and is said last: before the packages are installed the new config cannot be read.
 */
export async function runInit(
  path: string,
  { preset, yes }: InitOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const project = projectAt(resolve(terminal.cwd, path));
  const packages = ourPackages();
  const plan = planFor(project, preset, packages);
  const { edits: planned, pastes, notes = [] } = plan;
  const edits = await TaskGroup.map(planned, (edit) => asOthersAre(edit, project.root));
  const say = (text: string): void => void terminal.stdout.write(`${text}\n`);
  if (edits.length === 0 && pastes.length === 0) {
    say('The rules are set up here: there is nothing to write.');
    return CLEAN;
  }
  for (const edit of edits) say(patchOf(edit));
  for (const paste of pastes) say(wordsOf(paste));
  for (const note of notes) say(note);
  if (packages.note !== undefined) say(packages.note);
  if (!yes) {
    say('Nothing was written: mooring init --yes writes it.');
    return CLEAN;
  }
  const found = await checkQuietly(project.root, preset, terminal);
  for (const { file, after } of edits) write(join(project.root, file), after);
  say(found.text);
  const { whereFound } = plan;
  const next = [...plan.next, ...(found.isClean || whereFound === undefined ? [] : [whereFound])];
  say(['Written. What comes next:', ...next.map((line) => `  ${line}`)].join('\n'));
  return CLEAN;
}

/** A config is formatted and linted as the rest of the project is. */
async function asOthersAre(edit: Edit, root: string): Promise<Edit> {
  const { file, before, after } = edit;
  return { ...edit, after: await asPrettierWrites(root, join(root, file), before, after) };
}

function patchOf({ file, before, after }: Edit): string {
  const old = before === '' ? '/dev/null' : file;
  const options = { headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(old, file, before, after, undefined, undefined, options).trimEnd();
}

function wordsOf({ where, why, text }: Paste): string {
  return `${where} is left as it is. ${why}. What belongs there:\n\n${text}\n`;
}

/** A project without sources yet is set up all the same. */
async function checkQuietly(
  root: string,
  preset: Preset,
  terminal: Terminal,
): Promise<{ readonly text: string; readonly isClean: boolean }> {
  const said: string[] = [];
  const stdout = { write: (text: unknown) => said.push(String(text)) > 0 };
  try {
    const code = await runCheck(
      [root],
      { format: 'stylish', max: 0, config: true, ...(preset === 'recommended' ? {} : { preset }) },
      { ...terminal, cwd: root, stdout },
    );
    return { text: said.join(''), isClean: code === CLEAN };
  } catch (error) {
    if (error instanceof CannotError) return { text: `${error.message}.`, isClean: true };
    throw error;
  }
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  writeText(path, text);
}
