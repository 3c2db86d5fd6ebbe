import { describeRule } from '../support/describe-rule.js';
import { under } from '../support/under.js';

const declarations = `
  import type { ScopeOptions } from 'mooring';
  import { Limiter, type Permit } from 'mooring/limiter';
  declare const limiter: Limiter;
  declare function send(sql: string, scope?: ScopeOptions): Promise<string>;
  declare const held: Permit[];
`;

describeRule('require-release', {
  allows: under(declarations, {
    using: `
      export async function query(sql: string, scope: ScopeOptions) {
        using _permit = await limiter.acquire(scope);
        return await send(sql, scope);
      }
    `,
    'a release in a finally': `
      export async function query(sql: string) {
        const permit = await limiter.acquire();
        try {
          if (sql === '') return '';
          return await send(sql);
        } finally {
          permit.release();
        }
      }
    `,
    'a release right after': `
      export async function turn() {
        const permit = await limiter.acquire();
        permit.release();
        await send('after');
      }
    `,
    'a permit that may not be there': `
      export async function query(sql: string) {
        const permit = limiter.tryAcquire();
        if (!permit) return 'busy';
        try {
          return await send(sql);
        } finally {
          permit.release();
        }
      }
    `,
    'one that is handed on': `
      export async function keep() {
        const permit = await limiter.acquire();
        held.push(permit);
        await send('kept');
      }
      export async function give(): Promise<Permit> {
        const permit = await limiter.acquire();
        return permit;
      }
      export async function later() {
        const permit = await limiter.acquire();
        setTimeout(() => permit.release(), 10);
      }
    `,
    'run, which gives it back itself': `
      export const query = (sql: string) => limiter.run(() => send(sql));
    `,
    "another library's permit": `
      declare const semaphore: { acquire(): Promise<{ release(): void }> };
      export async function query(sql: string) {
        const permit = await semaphore.acquire();
        await send(sql);
        permit.release();
      }
    `,
  }),
  reports: {
    ...under(declarations, {
      'an error before the release': `
      export async function query(sql: string) {
        const permit = await limiter.acquire();
              ~~~~~~ error
        const rows = await send(sql);
        permit.release();
        return rows;
      }
    `,
      'a return before the release': `
      export async function query(sql: string) {
        const permit = await limiter.acquire();
              ~~~~~~ path
        if (sql === '') return '';
        permit.release();
        return await send(sql);
      }
    `,
      'no release at all': `
      export async function turn() {
        const permit = limiter.tryAcquire();
              ~~~~~~ path
        if (permit === undefined) return;
      }
    `,
      'an error in a condition, before the try': `
      export async function query(sql: string) {
        const permit = await limiter.acquire();
              ~~~~~~ error
        if (await send('is it up?')) return '';
        try {
          return await send(sql);
        } finally {
          permit.release();
        }
      }
    `,
      'a permit that nobody keeps': `
      export async function query(sql: string) {
        await limiter.acquire();
              ~~~~~~~~~~~~~~~~~ dropped
        return await send(sql);
      }
    `,
    }),
    'what it suggests': {
      code: `
        import { Limiter } from 'mooring/limiter';
        const limiter = new Limiter(8);
        export async function query(send: () => Promise<string>) {
          const permit = await limiter.acquire();
                ~~~~~~ error
          const rows = await send();
          permit.release();
          return rows;
        }
      `,
      suggests: [
        [
          `
            import { Limiter } from 'mooring/limiter';
            const limiter = new Limiter(8);
            export async function query(send: () => Promise<string>) {
              using permit = await limiter.acquire();
              const rows = await send();
              permit.release();
              return rows;
            }
          `,
        ],
      ],
    },
  },
  misses: under(declarations, {
    'a field that nobody empties': `
      export class Connection {
        permit: Permit | undefined;
        async open() {
          this.permit = await limiter.acquire();
        }
      }
    `,
  }),
});
