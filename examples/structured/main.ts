/** Runs the structured crawler three times: it succeeds, a page fails, the time is up. */
import { TaskGroupError, TimeoutError } from 'mooring';

import { openSite } from '../site/site.js';
import { crawl } from './crawler.js';

const site = await openSite();
try {
  await show('/', 2_000, 'every page can be read');
  await show('/storm', 2_000, 'one page fails, another would never answer');
  await show('/fog', 200, 'one page never answers, and the time is up');
} finally {
  await site.close();
}

async function show(path: string, ms: number, what: string): Promise<void> {
  console.log(`\nCrawl of ${path}, at most ${ms} ms: ${what}.`);
  try {
    const index = await crawl(`${site.url}${path}`, ms);
    for (const [page, words] of index) console.log(`  ${page}: ${words.join(', ')}`);
  } catch (error) {
    if (error instanceof TaskGroupError) {
      console.log(`  failed: ${error.message}`);
      for (const leaf of error.leaves()) console.log(`    because ${String(leaf)}`);
    } else if (error instanceof TimeoutError) {
      console.log(`  ${error.name}: ${error.message}`);
    } else {
      throw error;
    }
  }
  await site.quiet();
  console.log(`  requests still open: ${site.openRequests}`);
}
