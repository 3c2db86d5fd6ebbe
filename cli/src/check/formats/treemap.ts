import { dirname, relative, sep } from 'node:path';

import { hierarchy, treemap } from 'd3-hierarchy';

import { countBy, type Finding } from '../../lint/finding.js';
import { escaped } from './escaped.js';

const WIDTH = 1000;
const HEIGHT = 320;

interface Node {
  readonly path: string;
  readonly count: number;
  readonly children: readonly Node[];
}

/** A rectangle for each folder that has findings in its files, as large as they are many. */
export function treemapOf(findings: readonly Finding[], root: string): string {
  const folders = countBy(findings, ({ file }) =>
    dirname(relative(root, file)).replaceAll(sep, '/'),
  );
  const data: Node = {
    path: '',
    count: 0,
    children: folders.map(([path, count]) => ({ path, count, children: [] })),
  };
  const laid = treemap<Node>().size([WIDTH, HEIGHT]).paddingInner(3)(
    hierarchy(data).sum(({ count }) => count),
  );
  const most = folders[0]?.[1] ?? 1;
  const boxes = laid.leaves().map(({ x0, y0, x1, y1, data: { path, count } }) => {
    const strength = (0.25 + (0.75 * count) / most).toFixed(2);
    const percent = (value: number, of: number): string => `${((100 * value) / of).toFixed(2)}%`;
    const place = [
      `left:${percent(x0, WIDTH)}`,
      `top:${percent(y0, HEIGHT)}`,
      `width:${percent(x1 - x0, WIDTH)}`,
      `height:${percent(y1 - y0, HEIGHT)}`,
      `--strength:${strength}`,
    ].join(';');
    const name = escaped(path);
    return `<button type="button" data-folder="${name}" title="${name}: ${count}" style="${place}"><span>${name} <b>${count}</b></span></button>`;
  });
  return `<div class="map" role="group" aria-label="Findings by folder">${boxes.join('')}</div>`;
}
