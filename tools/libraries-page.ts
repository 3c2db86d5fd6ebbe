/** The tables of `docs/libraries.md`, from the data of the plugin. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type * as fulfilled from '../eslint-plugin/src/libraries/fulfilled.js';
import type * as left from '../eslint-plugin/src/libraries/left-to-you.js';
import type * as person from '../eslint-plugin/src/libraries/person.js';
import type * as promises from '../eslint-plugin/src/libraries/promises.js';
import type { LibraryRow, Source } from '../eslint-plugin/src/libraries/row.js';
import type * as table from '../eslint-plugin/src/libraries/table.js';
import { root } from './root.js';

const NEVER = 'never reported';
const FROM_STRUCTURED = 'reported from `structured` on';

const RESULT_STEPS: Readonly<Record<LibraryRow['step'], string>> = {
  all: NEVER,
  recommended: FROM_STRUCTURED,
  structured: FROM_STRUCTURED,
};

/** The part between the marks of the page. */
export async function libraryTables(): Promise<string> {
  const { LIBRARIES } = await load<typeof table>('table');
  const { LEFT_TO_YOU } = await load<typeof left>('left-to-you');
  const { FULFILLED_ROWS } = await load<typeof fulfilled>('fulfilled');
  const { PERSON_ROWS } = await load<typeof person>('person');
  const { LAZY_ROWS, RESULT_ROWS } = await load<typeof promises>('promises');
  const of = (fact: LibraryRow['fact']): LibraryRow[] =>
    LIBRARIES.filter((row) => row.fact === fact);
  return [
    '<!-- libraries: generated -->',
    'Promises that the library has, so that nobody else need take them:',
    tableOf(['library', 'calls', '', 'why', 'source'], of('result').map(resultRow)),
    'Calls that wait for each promise of the library that a function which they are handed makes:',
    tableOf(['library', 'calls', 'why', 'source'], of('zone').map(shortRow)),
    'Functions of the library that handle their own errors, wherever they are handed to:',
    tableOf(['library', 'made by', 'why', 'source'], of('made').map(shortRow)),
    'Callers that look at what an async function gives, though their type says `void`:',
    tableOf(['library', 'calls', 'why', 'source'], of('callback').map(shortRow)),
    'Callers that drop what a listener gives, though their type says `any`, reported from `structured` on:',
    tableOf(['library', 'calls', 'why', 'source'], of('listener').map(shortRow)),
    'Promises that start nothing before they are awaited, and never run where nobody awaits them:',
    tableOf(['library', 'types', 'why', 'source'], LAZY_ROWS.map(promiseRow)),
    'Promises that never reject, by the type of what they give, in which an error is a value:',
    tableOf(['library', 'types', 'why', 'source'], RESULT_ROWS.map(promiseRow)),
    'Functions whose promises never reject, or that give functions of which that holds:',
    tableOf(['library', 'calls', 'why', 'source'], FULFILLED_ROWS.map(fulfilledRow)),
    'Calls that a person answers, or a function of the project that waits for one: no `await` is suggested for these.',
    tableOf(
      ['library', 'calls'],
      PERSON_ROWS.map(({ library, modules, names }) => [
        library,
        names.map((name) => code(name === 'default' ? modules[0]! : name)).join(', '),
      ]),
    ),
    'Looked at, and in no table: their promises reject, and are reported where nobody takes them.',
    tableOf(
      ['library', 'call', 'why', 'source'],
      LEFT_TO_YOU.map(({ library, call, because, source }) => [
        library,
        code(call),
        because,
        link(source),
      ]),
    ),
    '<!-- /libraries -->',
  ].join('\n\n');
}

function resultRow(row: LibraryRow): string[] {
  return [row.library, callsOf(row), RESULT_STEPS[row.step], row.because, link(row.source)];
}

function shortRow(row: LibraryRow): string[] {
  return [row.library, callsOf(row), row.because, link(row.source)];
}

function promiseRow({ because, library, names, source }: promises.PromiseRow): string[] {
  return [library, names.map(code).join(', '), because, link(source)];
}

function fulfilledRow(row: fulfilled.FulfilledRow): string[] {
  const { because, gives, library, modules, names, source, unlessOver } = row;
  const calls = names.map((name) => code(name === 'default' ? modules[0]! : name)).join(', ');
  const what = gives === 'function' ? `what ${calls} gives` : calls;
  const few = unlessOver === undefined ? '' : `, with up to ${unlessOver} arguments`;
  return [library, what + few, because, link(source)];
}

function callsOf({ names = [], types = [], members = [], of = [], unless }: LibraryRow): string {
  const owner = of.length > 0 ? `of ${of.map(code).join(', ')}` : '';
  const parts = [
    [names.map(code).join(', '), owner].filter(Boolean).join(' '),
    types.length > 0 ? `functions of the type ${types.map(code).join(', ')}` : '',
    members.length > 0 ? `what gives a promise with ${members.map(code).join(' or ')}` : '',
  ];
  return parts.filter(Boolean).join('; ') + exception(unless);
}

function exception(unless: LibraryRow['unless']): string {
  if (unless === undefined) return '';
  if ('option' in unless) return `, without ${code(unless.option)}`;
  if ('callback' in unless) return ', with a function that gives no promise';
  return unless.argumentsOver === 0 ? ', without arguments' : ', with the key alone';
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function link({ repository, path }: Source): string {
  return `[${path.split('/').at(-1)}](https://github.com/${repository}/blob/HEAD/${path})`;
}

function code(text: string): string {
  return `\`${text}\``;
}

async function load<Module>(name: string): Promise<Module> {
  const file = join(root, `eslint-plugin/dist/libraries/${name}.js`);
  return (await import(pathToFileURL(file).href)) as Module;
}
