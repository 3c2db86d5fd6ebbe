// A server with two requests that are being answered: what `mooring ps` is shown.
import { once } from 'node:events';
import { createServer } from 'node:http';

import { sleep, TaskGroup, timeout } from 'mooring';

async function query(scope) {
  await sleep(3_600_000, scope);
}

async function loadUser(scope) {
  await query(scope);
}

async function answer(request, scope) {
  await timeout(
    3_600_000,
    (deadline) =>
      TaskGroup.run(
        (group) => {
          group.createTask((context) => loadUser(context), { name: 'user' });
          group
            .createTask(() => new Promise((resolve) => setTimeout(resolve, 3_600_000)), {
              name: 'posts',
            })
            .cancel();
          group.createTask((context) => loadUser(context), { name: 'comments' });
        },
        { name: `request-${request.url}`, signal: deadline.signal, limit: 2 },
      ),
    scope,
  );
}

await TaskGroup.run(
  async (group) => {
    const server = createServer();
    server.on('request', (request) => {
      group.createTask(
        async (context) => {
          await answer(request, context);
        },
        { name: `GET ${request.url}` },
      );
    });
    await once(server.listen(0, '127.0.0.1'), 'listening', group);
    for (const path of ['/0', '/1']) {
      fetch(`http://127.0.0.1:${server.address().port}${path}`, group).catch(() => {});
      await once(server, 'request', group);
    }
    console.log('ready');
    await once(server, 'close', group);
  },
  { name: 'server' },
);
