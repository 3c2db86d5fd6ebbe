/**
 * The programs in a page of headless Chromium: with the one file that needs no bundler, and with
 * what bundlers make of the package when nobody has told them of `process`.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { rollup } from 'rollup';
import * as vite from 'vite';

import { programs } from '../programs.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const oneFile = read('../../node_modules/mooring/dist/browser.js');
/** A script of ours that imports the one file in place of the package. */
const onOneFile = (path: string): string =>
  read(path).replaceAll(/(['"])mooring\1/g, "'/node_modules/mooring.js'");
const entry = fileURLToPath(new URL('entry.js', import.meta.url));

/** What a page loads: scripts by their paths. The first is the one that it starts with. */
type Scripts = Readonly<Record<string, string>>;

const pages: Readonly<Record<string, () => Scripts | Promise<Scripts>>> = {
  'the one file, without a bundler': () => ({
    '/entry.js': onOneFile('entry.js'),
    '/programs.js': onOneFile('../programs.js'),
    '/pieces.js': onOneFile('../pieces.js'),
    '/expect.js': onOneFile('../expect.js'),
    '/node_modules/mooring.js': oneFile,
  }),

  async 'a bundle by Rollup'() {
    const bundle = await rollup({ input: entry, plugins: [nodeResolve()] });
    const { output } = await bundle.generate({ format: 'es' });
    return { '/bundle.js': output[0].code };
  },

  async 'a bundle by esbuild'() {
    const { outputFiles } = await esbuild.build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
    });
    return { '/bundle.js': outputFiles[0]!.text };
  },

  async 'a bundle by vite'() {
    const built = (await vite.build({
      configFile: false,
      logLevel: 'warn',
      build: { write: false, rollupOptions: { input: entry } },
    })) as vite.Rollup.RollupOutput;
    return { '/bundle.js': built.output[0].code };
  },
};

/** Where the browser of the distribution is; playwright's own is a download. */
const executablePath = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium'].find(existsSync);

describe('in a page', () => {
  let browser: Browser;

  before(async () => {
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  after(() => browser.close());

  for (const [name, scriptsOf] of Object.entries(pages)) {
    test(name, async () => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await open(page, await scriptsOf());
      assert.deepEqual(errors, []);
      assert.deepEqual(await page.evaluate('globalThis.ran'), Object.keys(programs));
      assert.equal(await page.evaluate('typeof process'), 'undefined');
    });
  }

  test('what the documentation shows', async () => {
    const [, html] = /^```html\n([\s\S]*?)^```/m.exec(read('../../../docs/where-it-runs.md'))!;
    const page = await browser.newPage();
    const printed = page.waitForEvent('console');
    await page.route('**/*', (route) =>
      route.request().url().endsWith('/mooring/browser.js')
        ? route.fulfill({ contentType: 'text/javascript', body: oneFile })
        : route.fulfill({ contentType: 'text/html', body: html! }),
    );
    await page.goto('http://page.test/');
    assert.equal((await printed).text(), 'Timed out after 10 ms');
  });
});

/** Opens a page whose files come from here: no server, no port. */
async function open(page: Page, scripts: Scripts): Promise<void> {
  const [first] = Object.keys(scripts);
  await page.route('**/*', (route) => {
    const script = scripts[new URL(route.request().url()).pathname];
    return script === undefined
      ? route.fulfill({
          contentType: 'text/html',
          body: `<script type="module" src="${first}"></script>`,
        })
      : route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await page.addInitScript(
    "addEventListener('error', () => Object.assign(globalThis, { failed: true }))",
  );
  await page.goto('http://page.test/', { waitUntil: 'load' });
  await page.waitForFunction('globalThis.ran || globalThis.failed');
}
