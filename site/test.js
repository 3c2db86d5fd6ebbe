/**
 * `npm run test:site`: builds the site, and opens every page in Chromium, light and dark. A page is
 * wrong that says something on its console, asks another host for something, has a link or a picture
 * that leads nowhere, or is wider than a telephone; the examples of the playground report and print what
 * they say. With a folder, `-- --pictures FOLDER`, some pages
 * are taken as pictures, for a person to look at.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { chromium, selectors } from 'playwright';

import './build.js';
import { serve } from './serve.js';
import { openExample, problemsOfPlayground } from './test-playground.js';

const { values } = parseArgs({ options: { pictures: { type: 'string' } } });
const dist = fileURLToPath(new URL('dist', import.meta.url));
const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html') && file !== '404.html')
  .map((file) => `/${file.replace(/(index)?\.html$/, '')}`);

/** Debian's; playwright's own is a download. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
args.push('--disable-background-networking', '--disable-component-update', '--disable-sync');

selectors.setTestIdAttribute('data-test');
const { server, origin } = await serve(dist);
const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
const problems = [];
const ids = new Map();
const links = [];

const wide = { width: 1400, height: 900 };
const narrow = { width: 390, height: 800 };
const page = await browser.newPage();
watch(page);
for (const path of pages) {
  // One load, which is what costs: wide and light, then narrow and dark.
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(origin + path, { waitUntil: 'load' });
  ids.set(path, new Set(await page.$$eval('[id]', (all) => all.map(({ id }) => id))));
  const hrefs = await page.$$eval('main a[href]', (all) => all.map(({ href }) => href));
  links.push(...hrefs.map((href) => ({ path, href })));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(narrow);
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) problems.push(`${path} is ${over} px wider than a telephone`);
}
await page.setViewportSize(wide);
for (const { path, href } of links) {
  if (!href.startsWith(origin)) continue;
  const { pathname, hash } = new URL(href);
  const there = ids.get(pathname) ?? ids.get(`${pathname}/`);
  if (there === undefined) problems.push(`${path} leads to ${pathname}, which is no page`);
  else if (hash !== '' && !there.has(decodeURIComponent(hash.slice(1)))) {
    problems.push(`${path} leads to ${pathname}${hash}, which is not there`);
  }
}
problems.push(...(await problemsOfPlayground(page, origin)));
if (values.pictures !== undefined) await takePictures(values.pictures);
await browser.close();
server.close();

for (const problem of new Set(problems)) console.error(problem);
console.log(`${pages.length} pages, ${links.length} links, ${new Set(problems).size} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

function watch(page) {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      problems.push(`${new URL(page.url()).pathname} says: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => problems.push(`${page.url()} throws ${error}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:data|blob):/.test(url)) {
      problems.push(`${new URL(page.url()).pathname} asks for ${url}`);
    }
  });
}

async function takePictures(folder) {
  const pictured = ['/', '/rules/no-floating-promises', '/api/mooring/taskgroup', '/playground'];
  for (const path of pictured) {
    for (const [name, colorScheme, width] of [
      ['light', 'light', 1400],
      ['dark', 'dark', 1400],
      ['narrow', 'light', 390],
    ]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      await page.goto(origin + path, { waitUntil: 'networkidle' });
      if (path === '/playground') await openExample(page, origin, 'leak');
      const file = `${path.replaceAll('/', '_').replace(/^_$/, 'home')}-${name}.png`;
      await page.screenshot({ path: join(folder, file) });
      await page.close();
    }
  }
}
