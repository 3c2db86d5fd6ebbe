import { sleep, type TaskContext, TaskGroup } from 'mooring';

const urls = ['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h'];
let loaded = 0;

async function load(url: string, scope: TaskContext): Promise<void> {
  await sleep(200 + 60 * urls.indexOf(url), scope);
  loaded += 1;
}

await TaskGroup.run(
  (group) => {
    for (const url of urls) group.createTask((scope) => load(url, scope), { name: url });
  },
  { name: 'pages', limit: 3 },
);
console.log(`${loaded} pages`);
