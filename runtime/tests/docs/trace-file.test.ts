/** The recipe's trace of the example crawler, against the rules of Chrome's trace event format. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

import ts from 'typescript';
import { expect, test } from 'vitest';

import { examplesOf } from './examples.js';
import { openTrace } from './trace-viewer.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Recorder {
  readonly events: readonly unknown[];
  stop(): void;
}

/** The functions of the recipe, without the program below them. */
async function recorderOfTheRecipe(): Promise<() => Recorder> {
  const [example] = examplesOf(`${root}docs/recipes/trace-file.md`);
  const [functions] = example!.code.split('const recorder = recordTasks();');
  const folder = `${root}node_modules/.cache/mooring-examples/`;
  const file = `${folder}trace-file-${process.pid}.mjs`;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  mkdirSync(folder, { recursive: true });
  const code = ts.transpileModule(`${functions} export { recordTasks };`, { compilerOptions });
  writeFileSync(file, code.outputText);
  try {
    return ((await import(pathToFileURL(file).href)) as { recordTasks: () => Recorder })
      .recordTasks;
  } finally {
    rmSync(file);
  }
}

interface Complete {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
}

/** What Perfetto and `chrome://tracing` ask of complete events and of metadata. */
function checkFormat(text: string): { tasks: Complete[]; processes: Map<number, string> } {
  const { traceEvents } = JSON.parse(text) as { traceEvents: Record<string, unknown>[] };
  expect(Array.isArray(traceEvents)).toBe(true);
  const tasks: Complete[] = [];
  const processes = new Map<number, string>();
  for (const event of traceEvents) {
    for (const field of ['pid', 'tid', 'ts']) expect(Number.isInteger(event[field])).toBe(true);
    expect(event['name']).toEqual(expect.any(String));
    expect(event['args']).toEqual(expect.any(Object));
    if (event['ph'] === 'M') {
      expect(event['name']).toBe('process_name');
      processes.set(event['pid'] as number, (event['args'] as { name: string }).name);
    } else {
      expect(event['ph']).toBe('X');
      expect(event['ts']).toBeGreaterThanOrEqual(0);
      expect(Number.isInteger(event['dur']) && (event['dur'] as number) >= 0).toBe(true);
      tasks.push(event as unknown as Complete);
    }
  }
  // In one row events must not overlap but for nesting: here, not at all.
  for (const row of new Set(tasks.map(({ pid, tid }) => `${pid}/${tid}`))) {
    const inRow = tasks
      .filter(({ pid, tid }) => `${pid}/${tid}` === row)
      .sort((a, b) => a.ts - b.ts);
    inRow.slice(1).forEach((task, index) => {
      // Times are whole microseconds, each rounded by itself.
      expect(task.ts).toBeGreaterThanOrEqual(inRow[index]!.ts + inRow[index]!.dur - 1);
    });
  }
  return { tasks, processes };
}

/** The programs of `examples/`, as they are built. */
async function exampleCrawler(): Promise<{
  openSite: () => Promise<{ url: string; close(): Promise<void> }>;
  crawl: (start: string, ms: number) => Promise<Map<string, string[]>>;
}> {
  const built = `${root}examples/dist/`;
  return {
    ...(await import(`${built}site/site.js`)),
    ...(await import(`${built}structured/crawler.js`)),
  };
}

test('the trace file of the example crawler is one that Perfetto reads', async () => {
  const recordTasks = await recorderOfTheRecipe();
  const { openSite, crawl } = await exampleCrawler();
  const site = await openSite();
  const recorder = recordTasks();
  const index = await crawl(`${site.url}/`, 60_000).finally(() => recorder.stop());
  await site.close();
  const { tasks, processes } = checkFormat(JSON.stringify({ traceEvents: recorder.events }));
  expect([...processes.values()]).toEqual(['crawl']);
  expect(tasks.map(({ name }) => name).sort()).toEqual([...index.keys()].sort());
  expect(Math.max(...tasks.map(({ tid }) => tid))).toBeLessThanOrEqual(4);
});

/** `npm run test:trace`: the folder of Trace Viewer, and where the picture of the recipe is to be written. */
const { MOORING_TRACE_VIEWER: viewer, MOORING_PICTURE: picture } = process.env;

test.skipIf(viewer === undefined)(
  'Trace Viewer opens the trace file of two crawls, one of which its deadline ends',
  async () => {
    const recordTasks = await recorderOfTheRecipe();
    const { openSite, crawl } = await exampleCrawler();
    const site = await openSite();
    const recorder = recordTasks();
    await crawl(`${site.url}/`, 60_000);
    // A page of these never answers.
    await expect(crawl(`${site.url}/fog`, 150)).rejects.toThrow('150 ms');
    recorder.stop();
    await site.close();
    const trace = JSON.stringify({ traceEvents: recorder.events });
    const opened = await openTrace(trace, viewer!, {
      select: '/calm',
      ...(picture !== undefined && { picture }),
    });
    expect(opened.warnings).toEqual([]);
    expect(opened.processes).toEqual(['crawl', 'crawl']);
    expect([...opened.slices].sort()).toEqual(
      checkFormat(trace)
        .tasks.map(({ name }) => name)
        .sort(),
    );
  },
);
