import { sleep } from 'mooring';

async function save(name: string): Promise<void> {
  await sleep(300);
  if (name === 'sails') throw new Error(`no room for ${name}`);
  console.log(`saved ${name}`);
}

async function saveAll(names: readonly string[]): Promise<void> {
  for (const name of names) {
    save(name);
  }
}

await saveAll(['ropes', 'sails']);
console.log('all is saved');
