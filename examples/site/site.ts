/**
 * A small web site on this machine for the crawlers to read: five pages that link to each other,
 * one that fails, and one that answers so late that no deadline waits for it.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  readonly url: string;
  /** Requests that were started and neither answered nor given up by the client. */
  readonly openRequests: number;
  /** Resolves when no request is open any more. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

const PAGES: Readonly<Record<string, string>> = {
  '/': 'harbour <a href="/boats"> <a href="/ropes">',
  '/boats': 'sloop ketch <a href="/ropes"> <a href="/sails">',
  '/ropes': 'halyard sheet <a href="/knots">',
  '/sails': 'jib spinnaker <a href="/">',
  '/knots': 'bowline hitch <a href="/boats">',
  '/storm': 'gale <a href="/boats"> <a href="/wreck"> <a href="/calm">',
  '/fog': 'mist <a href="/boats"> <a href="/calm">',
};

/** `/wreck` fails after this many milliseconds; every other page takes a little longer. */
const FAILS_AFTER = 20;
const ANSWERS_AFTER = 30;

export async function openSite(): Promise<Site> {
  const open = new Set<ServerResponse>();
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      if (open.size === 0) waiting.splice(0).forEach((resolve) => resolve());
    });
    answer(request.url ?? '/', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get openRequests() {
      return open.size;
    },
    quiet: () =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(path: string, response: ServerResponse): void {
  if (path === '/calm') return; // Never answers: only the client can end this request.
  if (path === '/wreck') {
    setTimeout(() => response.writeHead(500).end('wrecked'), FAILS_AFTER);
    return;
  }
  const page = PAGES[path];
  setTimeout(() => {
    if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  }, ANSWERS_AFTER);
}

/** The paths that a page links to. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]+)"/g)].map(([, path]) => path!);
}

/** The words of a page, without its markup. */
export function wordsOf(html: string): string[] {
  return html
    .replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}
