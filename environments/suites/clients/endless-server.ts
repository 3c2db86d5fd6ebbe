import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Work } from './client.js';

/**
 * A server on loopback that never ends an answer. It tells when a request for a work arrives, and
 * when its client has gone. With `?body` it begins the answer, and the client tells when that is there.
 */
export class EndlessServer {
  readonly #server: Server;
  readonly #works = new Map<string, Work>();

  constructor() {
    this.#server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url!, 'http://host');
      const work = this.#works.get(pathname.split('/')[1]!);
      response.once('close', () => work?.end());
      if (search.startsWith('?body')) response.write('the beginning');
      else work?.begin();
    });
  }

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  /** Something to be done here, at a URL of its own. */
  work(): Work {
    const name = `work-${this.#works.size}`;
    const { port } = this.#server.address() as AddressInfo;
    const work = new Work(`http://127.0.0.1:${port}/${name}`);
    this.#works.set(name, work);
    return work;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
