/**
 * Lints what is written in the page, and makes of it what a browser runs. It is asked with
 * `{ id, ask: 'lint', text, preset }` or `{ id, ask: 'javascript', text, modules }`, and answers each
 * with `{ id, answer }` or `{ id, failure }`.
 */
import { Linter } from 'eslint/universal';

import { makeConfigs } from '../../../eslint-plugin/dist/configs.js';
import * as rules from '../../../eslint-plugin/dist/rules/index.js';
import { loadFiles, PROGRAM } from './files.js';
import * as parser from './parser.js';
import { javascriptOf, mistakesIn, programOf } from './program.js';

const plugin = { meta: { name: 'eslint-plugin-mooring' }, rules };
const configs = makeConfigs(plugin, rules);
const linter = new Linter({ cwd: '/' });
const loaded = loadFiles();

const answers = {
  lint({ text, preset }) {
    const mistakes = mistakesIn(programOf(text)).map((mistake) => ({
      ...mistake,
      rule: 'TypeScript',
      suggestions: [],
    }));
    const config = configs[`${preset}-type-checked`].map((each) => ({
      ...each,
      files: ['**/*.ts'],
      languageOptions: { parser },
      settings: { mooring: { types: 'parser-services' } },
    }));
    const messages = linter.verify(text, config, { filename: PROGRAM });
    const toOffset = offsets(text);
    const findings = messages
      // What does not parse has been said by the compiler.
      .filter(({ fatal }) => !(fatal && mistakes.length > 0))
      .map((message) => findingOf(message, toOffset));
    return [...mistakes, ...findings].sort((one, other) => one.from - other.from);
  },
  javascript: ({ text, modules }) => javascriptOf(text, modules),
};

self.onmessage = async ({ data }) => {
  const { id, ask } = data;
  try {
    await loaded;
    self.postMessage({ id, answer: answers[ask](data) });
  } catch (error) {
    self.postMessage({ id, failure: String(error?.message ?? error) });
  }
};

function findingOf(message, toOffset) {
  const { line, column, endLine = line, endColumn = column + 1, fix, suggestions = [] } = message;
  const edits = [...(fix ? [{ desc: 'Mend it', fix }] : []), ...suggestions];
  return {
    from: toOffset(line, column),
    to: toOffset(endLine, endColumn),
    message: message.message,
    rule: message.ruleId?.replace('mooring/', '') ?? 'ESLint',
    suggestions: edits.map(({ desc, fix: { range, text } }) => ({
      name: desc,
      change: { from: range[0], to: range[1], insert: text },
    })),
  };
}

/** Lines and columns count from 1, offsets from 0. */
function offsets(text) {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return (line, column) => Math.min(starts[line - 1] + column - 1, text.length);
}
