/** Splits the API reference, a page for each entry of the package, into a page for each symbol. */

/**
 * @returns the pages by the name of their file, and where each anchor of the one page is now.
 */
export function apiPages(text) {
  const pages = new Map();
  const anchors = new Map();
  const slugsOfAll = slugger();
  let kind = '';
  let page;
  for (const line of text.split('\n')) {
    const [, marks, title] = /^(#{1,6}) (.*)$/.exec(line) ?? [];
    if (marks === undefined) {
      page?.lines.push(line);
      continue;
    }
    const slug = slugsOfAll(title);
    if (marks.length <= 2) {
      kind = title;
      page = undefined;
      continue;
    }
    if (marks.length === 3) {
      const name = title.replace(/\(\)$/, '').replaceAll('\\', '');
      page = { name, kind, lines: [], slugOf: slugger() };
      pages.set(`${fileOf(name, pages)}.md`, page);
    }
    const file = [...pages.keys()].at(-1);
    anchors.set(slug, `${file}#${page.slugOf(title)}`);
    page.lines.push(`${marks.slice(2)} ${title}`);
  }
  const [, title = ''] = /^# (.*)$/m.exec(text) ?? [];
  return { pages, anchors, title };
}

/** Two symbols whose names differ in the case of a letter are one file on some disks. */
function fileOf(name, pages) {
  const file = name.toLowerCase();
  return pages.has(`${file}.md`) ? `${file}-function` : file;
}

/** An index of the pages of each entry, by kind; that of the package itself, which is looked for most, comes first. */
export function apiIndex(entries) {
  const isOther = (entry) => Number(entry !== 'mooring');
  const sorted = [...entries].sort(([a], [b]) => isOther(a) - isOther(b));
  const lists = sorted.map(([entry, { pages, title }]) => {
    const kinds = [...new Set([...pages.values()].map(({ kind }) => kind))];
    const lines = kinds.map((kind) => {
      const links = [...pages]
        .filter(([, page]) => page.kind === kind)
        .map(([file, { name }]) => `[\`${name}\`](${entry}/${file})`);
      return `- ${kind}: ${links.join(', ')}`;
    });
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  return `# API\n\nA page for each symbol.\n\n${lists.join('\n')}`;
}

/** Anchors as GitHub makes them: the second of a name gets `-1`. */
function slugger() {
  const seen = new Map();
  return (title) => {
    const slug = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  };
}
