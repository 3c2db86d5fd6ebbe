import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { defineConfig } from 'vitepress';

import { pagesFolder } from '../pages.js';

const manifest = new URL('../../package.json', import.meta.url);
const { homepage } = JSON.parse(readFileSync(manifest, 'utf8'));

/** An anchor. Without one a browser asks the host for a file that is not there. */
const ICON =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><text y="13">⚓</text></svg>';

export default defineConfig({
  title: 'mooring',
  description:
    'Structured concurrency for TypeScript, and rules that find the work which nobody owns',
  srcDir: 'pages',
  // The site may stand in a folder of its host.
  base: process.env.SITE_BASE ?? '/',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: ICON }]],
  markdown: { theme: { light: 'github-light', dark: 'github-dark' } },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/' },
      { text: 'Rules', link: '/rules/' },
      { text: 'API', link: '/api/' },
      { text: 'Playground', link: '/playground' },
      { text: 'All pages', link: '/contents' },
    ],
    sidebar: [
      group('Start', ['check', 'init', 'editors', 'steps', 'adopting', 'convert', 'frameworks']),
      group('Guide', inFolder('guide')),
      group('Recipes', inFolder('recipes')),
      group('Rules', ['eslint', 'oxlint', 'typescript-7', ...inFolder('rules')], true),
      group('API', ['api/index', ...apiFolders()], true),
      group(
        'Behind it',
        [
          ...['design', 'glossary', 'stability', 'where-it-runs', 'testing', 'precision'],
          ...['benchmarks', 'libraries', 'suggestions', 'peer-cases', 'parser'],
          ...inFolder('decisions'),
        ],
        true,
      ),
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: homepage }],
  },
});

function group(text, pages, collapsed = false) {
  const items = pages
    .filter((page) => existsSync(join(pagesFolder, `${page}.md`)))
    .map((page) => ({ text: titleOf(page), link: `/${page.replace(/index$/, '')}` }));
  return { text, items, collapsed };
}

function apiFolders() {
  return readdirSync(join(pagesFolder, 'api'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('/'))
    .sort()
    .map((file) => `api/${file.replace(/\.md$/, '')}`);
}

function inFolder(folder) {
  const names = readdirSync(join(pagesFolder, folder)).map((name) => name.replace(/\.md$/, ''));
  return ['index', ...names.filter((name) => name !== 'index').sort()].map(
    (name) => `${folder}/${name}`,
  );
}

function titleOf(page) {
  const text = readFileSync(join(pagesFolder, `${page}.md`), 'utf8');
  const [, title = page] = /^# (.*)$/m.exec(text) ?? [];
  return title.replaceAll(/[`\\]/g, '').replace(/^mooring\//, '');
}
