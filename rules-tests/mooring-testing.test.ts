/** What the rules say of tests that use `mooring/testing`: its functions give promises like any other. */
import { describeRule } from './support/describe-rule.js';

const given = (code: string): string => `
  import { cancelEverywhere, explore, leaks, withClock } from 'mooring/testing';
  declare function test(name: string, body: () => void | Promise<void>): void;
  declare function afterEach(hook: () => void | Promise<void>): void;
  declare function transfer(scope: { signal: AbortSignal }): Promise<void>;
  ${code.trim()}
`;

describeRule('no-floating-promises', {
  allows: {
    'a test that waits for them': given(`
  test('a transfer', async () => {
    await cancelEverywhere((scope) => transfer(scope));
    await withClock(async (clock) => {
      await clock.advance(10);
      await clock.idle();
    });
    await explore(({ io }) => io('call'));
  });`),
    'a test that gives them back': given(`
  test('a transfer', () => withClock(() => transfer(new AbortController())));`),
    'a hook that is handed leaks': given(`
  afterEach(leaks);`),
  },
  reports: {
    'a test that waits for none of them': given(`
  test('a transfer', () => {
    cancelEverywhere((scope) => transfer(scope));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    withClock(() => transfer(new AbortController()));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    explore(({ io }) => io('call'));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  });`),
    'a clock that is not waited for': given(`
  test('a transfer', () =>
    withClock(async (clock) => {
      clock.advance(10);
      ~~~~~~~~~~~~~~~~~ step
      clock.idle();
      ~~~~~~~~~~~~ step
      await transfer(new AbortController());
    }));`),
  },
  misses: {},
});
