/**
 * A crawler as people write it today. Each function looks reasonable; together they leave
 * requests running after the crawl has failed, lose errors, and cannot be stopped.
 */
import { linksOf, wordsOf } from '../site/site.js';

export type Index = Map<string, string[]>;

export class Crawler {
  readonly index: Index = new Map();
  readonly #seen = new Set<string>();
  readonly #visits: Promise<void>[] = [];
  #progress: Promise<void> | undefined;

  /** Crawls all pages, or fails after `ms` milliseconds. The crawl itself runs on. */
  async crawl(start: string, ms: number): Promise<Index> {
    this.#progress = this.#report();
    const deadline = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`no result after ${ms} ms`)), ms);
    });
    await Promise.race([this.#visit(start), deadline]);
    await Promise.all(this.#visits);
    return this.index;
  }

  /** Waits for the report, should anybody remember to. */
  async reported(): Promise<void> {
    await this.#progress;
  }

  async #visit(url: string): Promise<void> {
    if (this.#seen.has(url)) return;
    this.#seen.add(url);
    const html = await this.#read(url);
    this.index.set(new URL(url).pathname, wordsOf(html));
    this.#save(url, html);
    linksOf(html).forEach(async (link) => {
      await this.#visit(new URL(link, url).href);
    });
  }

  async #read(url: string): Promise<string> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return response.text();
  }

  async #save(url: string, html: string): Promise<void> {
    const hash = crypto.subtle.digest('SHA-256', new TextEncoder().encode(html));
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.index.set(`${new URL(url).pathname}#hash`, [String((await hash).byteLength)]);
  }

  async #report(): Promise<void> {
    void this.#save('http://127.0.0.1/start', '');
    (async () => {
      await this.#read('http://127.0.0.1:9/nobody-listens');
    })().catch(() => {});
  }
}
