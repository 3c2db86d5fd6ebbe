/**
 * What an editor's user waits for, with the VS Code ESLint language server, and with `mooring lsp`.
 *
 *     node benchmarks/editor/main.js                    typing in a file of 2,000 lines
 *     node benchmarks/editor/main.js PROJECT FILE …     first reports after opening a project
 *
 * FILE is a path in PROJECT, which is not written to; each is opened by a server of its own.
 * Contenders take turns, so that whatever else the machine does falls on all of them.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { positionOf } from '../../tools/dist/editor/text-edits.js';
import { CONTENDERS, serverOf } from './contenders.js';
import { makeProject, TYPED_AT } from './made-project.js';

const WARM_UP = 5;
const KEYSTROKES = 40;
const OPENINGS = 3;
const TYPED = '+ 1';

const [project, ...files] = process.argv.slice(2);
if (project === undefined) await measureTyping();
else for (const file of files) await measureOpening(resolve(project), file);

async function measureTyping() {
  const { root, file, text } = makeProject();
  const servers = [];
  for (const contender of CONTENDERS) {
    const server = await serverOf(contender, root);
    await server.open(file, text);
    const reports = (await server.diagnostics(file)).length;
    servers.push({ ...contender, server, reports, times: [] });
  }
  for (let stroke = -WARM_UP; stroke < KEYSTROKES; stroke++) {
    for (const { server, times } of servers) {
      const time = await timeOf(() => typeIn(server, file));
      if (stroke >= 0) times.push(time);
    }
  }
  for (const { server } of servers) await server.stop();
  rmSync(root, { recursive: true });
  printTable(`From a keystroke in ${text.split('\n').length - 1} lines to the reports`, servers);
}

/** Types a summand, and takes it away the next time. */
async function typeIn(server, file) {
  const text = server.textOf(file);
  const start = positionOf(text, TYPED_AT);
  const digit = { start: { ...start, character: start.character - TYPED.length }, end: start };
  const isTyped = text.includes(`${TYPED}${TYPED_AT}`);
  await server.edit(
    file,
    isTyped ? { range: digit, newText: '' } : { range: { start, end: start }, newText: TYPED },
  );
  await server.diagnostics(file);
}

async function measureOpening(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const contenders = CONTENDERS.map((contender) => ({ ...contender, reports: 0, times: [] }));
  for (let opening = 0; opening < OPENINGS; opening++) {
    for (const contender of contenders) {
      let server;
      const time = await timeOf(async () => {
        server = await serverOf(contender, root);
        await server.open(file, text);
        contender.reports = (await server.diagnostics(file)).length;
      });
      contender.times.push(time);
      await server.stop();
    }
  }
  printTable(`From the start of the server to the reports of ${file}`, contenders);
}

async function timeOf(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function printTable(title, contenders) {
  const base = median(contenders[0].times);
  console.log(`\n${title}:\n`);
  console.log('| | median | to the first | reports |\n| --- | ---: | ---: | ---: |');
  for (const { name, times, reports } of contenders) {
    const own = median(times);
    console.log(`| ${name} | ${Math.round(own)} ms | ${(own / base).toFixed(2)} × | ${reports} |`);
  }
}

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}
