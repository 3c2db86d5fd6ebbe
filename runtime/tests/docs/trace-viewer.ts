/**
 * Opens a file of trace events in Trace Viewer, the program behind `chrome://tracing`. Chromium carries it no
 * more; Debian's `golang-1.19-src` does, in `/usr/share/go-1.19/src/cmd/trace/static`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { Page } from 'playwright';

/** What the viewer made of the file. */
export interface Opened {
  readonly processes: readonly string[];
  readonly slices: readonly string[];
  readonly warnings: readonly string[];
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>trace</title>
<script src="/webcomponents.min.js"></script>
<link rel="import" href="/trace_viewer_full.html" onload="document.title = 'ready'">
<style>body { margin: 0; height: 100vh } tr-ui-timeline-view { height: 100% } #mouse_mode_selector, tr-ui-b-mouse-mode-selector { display: none }</style>`;

/** Runs in the page. */
const open = (trace: string, selected: string): string => `(async () => {
  const view = document.createElement('tr-ui-timeline-view');
  const container = document.createElement('track-view-container');
  container.id = 'track_view_container';
  view.track_view_container = container;
  Polymer.dom(view).appendChild(container);
  view.viewTitle = 'crawl.trace.json';
  document.body.appendChild(view);
  const model = new tr.Model();
  await new tr.importer.Import(model, new tr.importer.ImportOptions()).importTraces([${JSON.stringify(trace)}]);
  view.model = model;
  const slices = [...model.getDescendantEvents()].filter(({ title }) => title !== undefined);
  const chosen = new tr.model.EventSet(slices.filter(({ title }) => title === ${JSON.stringify(selected)}));
  view.brushingStateController.changeSelectionFromTimeline(chosen);
  return {
    processes: Object.values(model.processes).map(({ name }) => name),
    slices: slices.map(({ title }) => title),
    warnings: model.importWarnings.map(({ message }) => message),
  };
})()`;

/** @param options.select the slice whose details the picture shows. */
export async function openTrace(
  trace: string,
  viewer: string,
  options: { readonly picture?: string; readonly select: string },
): Promise<Opened> {
  const server = createServer(({ url = '/' }, response) => {
    const file = join(viewer, url);
    if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    else if (existsSync(file)) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Not at the top: the suite runs where playwright does not.
  const { chromium } = await import('playwright');
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ...(executablePath !== undefined && { executablePath }),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 560 } });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("document.title === 'ready'");
    const opened = await page.evaluate<Opened>(open(trace, options.select));
    await page.getByText('Hide', { exact: true }).click();
    await drawn(page);
    if (options.picture !== undefined) await page.screenshot({ path: options.picture });
    return opened;
  } finally {
    await browser.close();
    server.close();
  }
}

/** Two frames after the last change. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
}
