/** Makes `site/pages/`, what vitepress builds: the pages of `docs/`, as a site has them. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { apiIndex, apiPages } from './api-pages.js';
import { homePage } from './home.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const pagesFolder = fileURLToPath(new URL('pages', import.meta.url));

const { homepage: repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Verdicts on single reports, and what they were before: of use beside the repository only. */
const LEFT_OUT = /^precision\//;

const PLAYGROUND = `---
layout: page
sidebar: false
---

<div class="playground-page">

# Playground

The rules and the runtime, in this page: nothing is sent anywhere. Write, see what is reported, run it, and see what
it leaves behind.

<ClientOnly><Playground /></ClientOnly>

</div>
`;

export function makePages() {
  rmSync(pagesFolder, { recursive: true, force: true });
  const api = new Map(
    docs('api')
      .filter((file) => file !== 'README.md')
      .map((file) => [
        file.replace(/\.md$/, ''),
        apiPages(readFileSync(join(root, 'docs/api', file), 'utf8')),
      ]),
  );
  for (const file of docs('.')) {
    if (LEFT_OUT.test(file) || file.startsWith('api/')) continue;
    const text = readFileSync(join(root, 'docs', file), 'utf8');
    write(indexed(file), adapted(text, file, api));
  }
  for (const picture of files('.').filter(isPicture)) {
    copyFileSync(join(root, 'docs', picture), join(pagesFolder, picture));
  }
  for (const [entry, { pages }] of api) {
    for (const [file, { lines }] of pages) {
      write(`api/${entry}/${file}`, adapted(lines.join('\n'), `api/${entry}.md`, api));
    }
  }
  write('api/index.md', apiIndex(api));
  write('contents.md', readFileSync(join(pagesFolder, 'index.md'), 'utf8'));
  write('index.md', homePage(root, repository));
  write('playground.md', PLAYGROUND);
}

function docs(folder) {
  return files(folder).filter((file) => file.endsWith('.md'));
}

function files(folder) {
  return readdirSync(join(root, 'docs', folder), { recursive: true, encoding: 'utf8' });
}

function isPicture(file) {
  return file.endsWith('.png');
}

function write(file, text) {
  const path = join(pagesFolder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function indexed(file) {
  return file.replace(/README\.md$/, 'index.md');
}

/** Comments are for the repository; links lead to what the site has, else to the repository. */
function adapted(text, file, api) {
  return text
    .replaceAll(/<!--.*?-->\n*/gs, '')
    .replaceAll(/\]\(([^)\s]+)\)/g, (link, target) => `](${linkTo(target, file, api)})`);
}

function linkTo(target, from, api) {
  if (/^[a-z]+:/.test(target) || isPicture(target)) return target;
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? from : posix.join(posix.dirname(from), path);
  const [, entry] = /^api\/(\w+)\.md$/.exec(to) ?? [];
  if (api.has(entry)) {
    const page = api.get(entry).anchors.get(anchor ?? '');
    return absolute(page === undefined ? 'api/' : `api/${entry}/${page}`);
  }
  if (path === '') return target;
  const isPage = to.endsWith('.md') && !to.startsWith('../') && !LEFT_OUT.test(to);
  if (!isPage) return `${repository}/blob/main/${posix.join('docs', to)}`;
  const page = absolute(to === 'README.md' ? 'contents.md' : indexed(to));
  return anchor === undefined ? page : `${page}#${anchor}`;
}

function absolute(page) {
  return `/${page.replace(/(?:index)?\.md(?=$|#)/, '')}`;
}
