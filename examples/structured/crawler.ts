/**
 * The same crawler on mooring. Every request is a task of one group under one deadline: when a
 * page fails, or the time is up, the others are cancelled, and `crawl` returns when all have ended.
 */
import { TaskGroup, timeout } from 'mooring';

import { linksOf, wordsOf } from '../site/site.js';

export type Index = Map<string, string[]>;

/** Requests that run at once. */
const LIMIT = 4;

/**
 * Crawls all pages that can be reached from `start`.
 *
 * @throws {TaskGroupError} when a page cannot be read, with one error for each that failed.
 * @throws {TimeoutError} when `ms` milliseconds have passed.
 */
export function crawl(start: string, ms: number): Promise<Index> {
  const index: Index = new Map();
  const seen = new Set<string>();

  return timeout(ms, (deadline) =>
    TaskGroup.run(
      (group) => {
        const visit = (url: string): void => {
          const path = new URL(url).pathname;
          if (seen.has(path)) return;
          seen.add(path);
          group.createTask(
            async ({ signal }) => {
              const html = await read(url, signal);
              index.set(path, wordsOf(html));
              for (const link of linksOf(html)) visit(new URL(link, url).href);
            },
            { name: path },
          );
        };
        visit(start);
        return index;
      },
      { signal: deadline.signal, name: 'crawl', limit: LIMIT },
    ),
  );
}

async function read(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}
