import { sleep } from 'mooring';

async function write(pages: number): Promise<string> {
  for (let page = 1; page <= pages; page++) {
    await sleep(200);
    console.log(`page ${page}`);
  }
  return 'a report';
}

try {
  const first = await Promise.race([
    write(4),
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('too slow')), 300);
    }),
  ]);
  console.log(first);
} catch (error) {
  console.log((error as Error).message);
}
