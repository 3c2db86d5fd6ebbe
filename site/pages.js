/** Makes `site/pages/`, what vitepress builds: the pages of `docs/`, as a site has them. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { apiIndex, apiPages } from './api-pages.js';
import { homePage } from './home.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const pagesFolder = fileURLToPath(new URL('pages', import.meta.url));

const { homepage: repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Verdicts on single reports, and what they were before: of use beside the repository only. */
const LEFT_OUT = /^precision\//;

export function makePages() {
  rmSync(pagesFolder, { recursive: true, force: true });
  const api = apiPages(readFileSync(join(root, 'docs/api/README.md'), 'utf8'));
  for (const file of readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.md') || LEFT_OUT.test(file) || file === 'api/README.md') continue;
    const text = readFileSync(join(root, 'docs', file), 'utf8');
    write(indexed(file), adapted(text, file, api.anchors));
  }
  for (const [file, { lines }] of api.pages) {
    write(`api/${file}`, adapted(lines.join('\n'), 'api/README.md', api.anchors));
  }
  write('api/index.md', apiIndex(api.pages));
  write('contents.md', readFileSync(join(pagesFolder, 'index.md'), 'utf8'));
  write('index.md', homePage(root, repository));
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
function adapted(text, file, anchors) {
  return text
    .replaceAll(/<!--.*?-->\n*/gs, '')
    .replaceAll(/\]\(([^)\s]+)\)/g, (link, target) => `](${linkTo(target, file, anchors)})`);
}

function linkTo(target, from, anchors) {
  if (/^[a-z]+:/.test(target)) return target;
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? from : posix.join(posix.dirname(from), path);
  if (to === 'api/README.md') {
    const page = anchors.get(anchor ?? '') ?? 'index.md';
    return posix.relative(posix.dirname(from), `api/${page}`);
  }
  if (path === '') return target;
  const isPage = to.endsWith('.md') && !to.startsWith('../') && !LEFT_OUT.test(to);
  if (!isPage) return `${repository}/blob/main/${posix.join('docs', to)}`;
  const index = to === 'README.md' ? 'contents.md' : indexed(to);
  const way = posix.relative(posix.dirname(from), index);
  return anchor === undefined ? way : `${way}#${anchor}`;
}
