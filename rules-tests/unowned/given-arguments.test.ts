import { describeRule } from '../support/describe-rule.js';

/** What is left of a function where a call writes out what its conditions ask about. */
const recommended = (code: string) => ({
  code: `
      declare const driver: { persist(page: unknown): Promise<void> };
      declare const events: { emit(name: string): void };
      declare function load(id?: string): Promise<number>;
      class Page {
        #locked = false;
        isExplicit = false;
        title = '';
        async setTitle(title: string, persist: boolean = true) {
          if (this.title === title) return;
          this.title = title;
          if (persist && this.#locked) await driver.persist(this);
          events.emit('title');
        }
        async lock(this: Page, ..._given: unknown[]) {
          this.isExplicit = arguments[0] === undefined;
          if (this.#locked) return;
          this.#locked = true;
          if (this.isExplicit) {
            await driver.persist(this);
          }
          events.emit('lock');
        }
        async save({ isNow = true, tries = 1 }: { isNow?: boolean; tries?: number } = {}) {
          const isLater = !isNow;
          if (isLater) {
            events.emit('later');
            return;
          }
          for (let left = tries; left > 0; left--) await driver.persist(this);
        }
        async show(reason?: string, options?: { quiet: boolean }) {
          if (reason === undefined) return;
          if (options?.quiet ?? false) return;
          await load(reason);
        }
        async drop(kind: 'all' | 'none') {
          return kind === 'none' ? undefined : await driver.persist(kind);
        }
      }
      ${code}`,
  options: { reports: 'mistakes' },
});

/** Handles its error, unless it is called to let it out. */
const sendThatMayFail = (
  byDefault: boolean,
): string => `async function send(text: string, mayFail = ${byDefault}) {
        if (mayFail) return await load(text);
        try {
          return await load(text);
        } catch {
          return 0;
        }
      }`;

describeRule('no-floating-promises', {
  allows: {
    'what comes to no await with the arguments of the call': recommended(`
      export async function start(page: Page) {
        page.setTitle('a', false);
        page.save({ isNow: false });
        page.show();
        page.show('a', { quiet: true });
        page.drop('none');
        await load();
      }`),
    'a method that is called by its call': recommended(`
      export class Book extends Page {
        async open(other: Page) {
          Page.prototype.lock.call(this, true);
          other.lock.call(other, true);
          other.setTitle.call(this, 'b', false);
          await load();
        }
      }`),
    'what handles its error with the arguments of the call': recommended(`
      ${sendThatMayFail(false)}
      export async function start() {
        send('a');
        await load();
      }`),
  },
  reports: {
    'what may come to an await with the arguments of the call': recommended(`
      export async function start(page: Page, isNow: boolean, others: [string, boolean]) {
        page.setTitle('a');
        ~~~~~~~~~~~~~~~~~~ floating
        page.setTitle('a', true);
        ~~~~~~~~~~~~~~~~~~~~~~~~ floating
        page.setTitle('a', isNow);
        ~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        page.setTitle(...others);
        ~~~~~~~~~~~~~~~~~~~~~~~~ floating
        page.save();
        ~~~~~~~~~~~ floating
        page.save({ isNow: false, ...{ isNow } });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        page.show('a');
        ~~~~~~~~~~~~~~ floating
        page.show('a', { quiet: false });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        page.drop('all');
        ~~~~~~~~~~~~~~~~ floating
        page.lock();
        ~~~~~~~~~~~ floating
        page.lock.call(page);
        ~~~~~~~~~~~~~~~~~~~~ floating
        await load();
        await page.setTitle('a', true);
      }`),
    'a parameter, and a field, that are given something else on the way': recommended(`
      async function send(text: string, isNow = true) {
        if (text === 'now') isNow = true;
        if (isNow) await load(text);
      }
      class Switch {
        isOn = false;
        flip() { this.isOn = !this.isOn; }
        async set(isOn: boolean) {
          this.isOn = isOn;
          this.flip();
          if (this.isOn) await load();
        }
      }
      export async function start(it: Switch) {
        send('a', false);
        ~~~~~~~~~~~~~~~~ floating
        it.set(false);
        ~~~~~~~~~~~~~ floating
        await load();
      }`),
    'what may fail with the arguments of the call': recommended(`
      ${sendThatMayFail(true)}
      export async function start() {
        send('a');
        ~~~~~~~~~ floating
        await load();
      }`),
  },
  misses: {},
});
