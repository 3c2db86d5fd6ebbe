import { sleep } from 'mooring';

const pages = new Map<string, string>();

async function read(url: string): Promise<string> {
  await sleep(300);
  console.log(`read ${url}`);
  return `the page of ${url}`;
}

['/ropes', '/sails'].forEach(async (url) => {
  pages.set(url, await read(url));
});
console.log(`${pages.size} pages`);
