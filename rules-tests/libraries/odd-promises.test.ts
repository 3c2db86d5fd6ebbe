import { describeRule } from '../support/describe-rule.js';

const prisma = `
      import { PrismaClient, type PrismaPromise } from '@prisma/client';
      const db = new PrismaClient();`;

describeRule('no-floating-promises', {
  allows: {
    'in recommended a promise whose errors are values': {
      options: { reports: 'mistakes' },
      code: `
        import type { Either } from 'fp-ts';
        import type { Result } from 'neverthrow';
        declare function touch(id: string): Promise<Either<Error, string>>;
        declare function send(id: string): Promise<Result<string, Error>>;
        export async function start(id: string) {
          touch(id);
          send(id);
        }
      `,
    },
  },
  reports: {
    'a query of Prisma, which never runs, marked or not': `${prisma}
      export function rename(name: string) {
        db.user.update(name);
        ~~~~~~~~~~~~~~~~~~~~ lazy
        void db.user.update(name);
             ~~~~~~~~~~~~~~~~~~~~ lazy
      }
      export const onClick = () => { db.user.findMany(); };
                                     ~~~~~~~~~~~~~~~~~~ lazy
    `,
    'one that is started by its chain, or by a transaction': `${prisma}
      export async function rename(name: string) {
        db.user.update(name).catch(console.error);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
        db.$transaction([db.user.update(name)]);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ unawaited
      }
    `,
    'promises whose errors are values, as what they are': `
      import type { Either } from 'fp-ts';
      declare function touch(id: string): Promise<Either<Error, string>>;
      export function start(id: string) {
        touch(id);
        ~~~~~~~~~ chain
      }
    `,
  },
  misses: {},
});

describeRule('no-ungrouped-task', {
  allows: {
    'queries of Prisma that are collected for a transaction': `${prisma}
      export async function rename(names: string[], extra: boolean) {
        const queries: PrismaPromise<unknown>[] = [db.user.update('a'), db.user.update('b')];
        if (extra) {
          const all = await db.user.findMany();
          for (const name of all) queries.push(db.user.update(name));
        }
        await db.$transaction(queries);
        return names;
      }
    `,
    'a wait for an event, which cannot reject': `
      import type { EventEmitter } from 'node:events';
      declare const picker: EventEmitter;
      declare function update(): Promise<void>;
      const asPromise = (name: string) =>
        new Promise<void>((resolve) => { picker.on(name, () => resolve()); });
      export async function pick() {
        const hidden = asPromise('hide');
        await update();
        await Promise.race([asPromise('accept'), hidden]);
      }
    `,
    'in recommended a queue whose links wait for each other, and a field that nothing awaits': {
      options: { reports: 'mistakes' },
      code: `
        declare function load(): Promise<void>;
        export class Queue {
          private tail: Promise<void> = Promise.resolve();
          private running: Promise<void> | undefined;
          add() {
            this.tail = this.tail.catch(console.error).then(() => load());
          }
          start() {
            this.running = load();
          }
        }
      `,
    },
  },
  reports: {
    'the same wait, where it is another promise that is awaited one by one': `
      declare function load(): Promise<string>;
      declare function update(): Promise<void>;
      export async function show() {
        const page = load();
                     ~~~~~~ meanwhile
        await update();
        return page;
      }
    `,
  },
  misses: {},
});

describeRule('no-async-void-callback', {
  allows: {
    'in recommended a listener that may settle the promise the next time it is called': {
      options: { reports: 'mistakes' },
      code: `
        interface Picker { onDidAccept(listener: () => unknown): void; more(): boolean }
        declare const picker: Picker;
        declare function load(): Promise<void>;
        export const picked = new Promise<void>((resolve) => {
          picker.onDidAccept(async () => {
            if (picker.more()) await load();
            else resolve();
          });
        });
      `,
    },
  },
  reports: {
    'in structured it is said of it': `
      interface Picker { onDidAccept(listener: () => unknown): void; more(): boolean }
      declare const picker: Picker;
      declare function load(): Promise<void>;
      export const picked = new Promise<void>((resolve) => {
        picker.onDidAccept(async () => {
                           ~~~~~~~~~~~ settler
          if (picker.more()) await load();
          else resolve();
        });
      });
    `,
  },
  misses: {},
});
