import { expect, test } from 'vitest';

import { describeRule } from '../support/describe-rule.js';
import { lint } from '../support/lint.js';

test('what has no name is not to be listed in safeCalls', () => {
  const code = 'function start() { (async () => { for (;;) await beat(); })(); }';
  const rules = { 'mooring/no-detached-iife': 'error' } as const;
  const messages = lint(code, { typed: false, rules }).map(({ message }) => message);
  expect(messages).toEqual([expect.stringMatching(/Make it a task of a group\.$/)]);
});

describeRule('no-detached-iife', {
  allows: {
    'an async function that is awaited': `
      await (async () => {})();
    `,
    'one that is returned': `
      const start = () => (async () => {})();
    `,
    'one that is given to a group': `
      group.createTask(() => (async () => {})());
    `,
    'the entry point of a module that reports its error': `
      (async () => {})().catch(report);
    `,
    'an entry point that reports its error with the second argument of then': `
      (async () => {})().then(done, report);
    `,
    'an entry point that handles its errors inside': `
      (async () => {
        try {
          await work();
        } catch (error) {
          report(error);
        }
      })();
    `,
    'a function that is not async': `
      (() => {})();
    `,
    'one that is stored, which is left to no-ungrouped-task': `
      const running = (async () => {})();
    `,
    'an async generator, which runs only as far as somebody iterates': `
      (async function* () {})();
    `,
    'F11: one that settles the promise around it on both ways': `
      const page = new Promise((yes, no) => {
        (async () => {
          try {
            yes(await load());
          } catch (error) {
            no(error);
          }
        })();
        (async () => yes(await load()))().catch(no);
        void (async () => yes(await load()))().catch((error) => no(error));
      });
    `,
    'one in a test that tells the test in the end': `
      test('sails', (done) => {
        (async () => {
          await ship.sail();
          done();
        })();
      });
    `,
    'one that handles its error, and that the clean-up of an effect ends': `
      useEffect(() => {
        const controller = new AbortController();
        const { signal } = controller;
        (async () => {
          const page = await read(url);
          signal.throwIfAborted();
          show(page);
        })().catch(report);
        return () => controller.abort();
      }, [url]);
      React.useLayoutEffect(() => {
        let gone = false;
        (async () => {
          try {
            while (!gone) await measure();
          } catch (error) {
            report(error);
          }
        })();
        return () => {
          gone = true;
        };
      });
      createEffect(() => {
        const stop = new AbortController();
        const cleanUp = () => stop.abort();
        void (async () => follow(feed, stop.signal))().catch(report);
        return cleanUp;
      });
    `,
    'the entry point of a module that takes what nobody handles': `
      process.on('unhandledRejection', (reason) => {
        report(reason);
        process.exit(1);
      });
      if (isMain) {
        (async () => {
          await build();
        })();
      }
    `,
    'the entry point of a page that does': `
      window.addEventListener('unhandledrejection', ({ reason }) => report(reason));
      void (async () => open())();
    `,
    'in recommended one that reads a feed to its end, in a try for what opens it': {
      code: `
        function listen(client) {
          try {
            const feed = client.subscribe('pages');
            (async () => {
              for await (const page of feed) report(page);
            })();
          } catch (error) {
            report(error);
          }
        }
      `,
      options: { reports: 'mistakes' },
    },
    'in recommended one that its author wants to run by itself': {
      code: `
        function start() {
          (async () => work())();
          void (async () => work())();
          (async () => work())().catch(report);
          (async () => {
            await work().catch(report);
          })();
        }
      `,
      options: { reports: 'mistakes' },
    },
  },
  reports: {
    'one that waits for what comes after it is not awaited by a suggestion': {
      code: `
        declare function waitForSocket(): Promise<string>;
        export async function upgrade() {
          (async () => console.log(await waitForSocket()))();
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ detached
          return 'go on';
        }
      `,
      suggests: [
        [
          `
        import { TaskGroup } from 'mooring';
        declare function waitForSocket(): Promise<string>;
        export async function upgrade() {
          return await TaskGroup.run(async (group) => {
            group.createTask(() => (async () => console.log(await waitForSocket()))());
            return 'go on';
          });
        }
      `,
        ],
      ],
    },
    'in recommended one that cannot be meant': {
      code: `
        function stop() {
          void (async () => work())();
               ~~~~~~~~~~~~~~~~~~~~~~ detached
          process.exit(0);
        }
        function start() {
          try {
            void (async () => work())();
                 ~~~~~~~~~~~~~~~~~~~~~~ detached
          } catch (error) {
            report(error);
          }
        }
      `,
      options: { reports: 'mistakes' },
    },
    'an async function called as a statement': `
      (async () => {})();
      ~~~~~~~~~~~~~~~~~~ detached
    `,
    'one thrown away with void': `
      void (async () => {})();
           ~~~~~~~~~~~~~~~~~~ detached
    `,
    'one written as a function': `
      (async function () {})();
      ~~~~~~~~~~~~~~~~~~~~~~~~ detached
    `,
    'one behind a condition': `
      ready && (async () => {})();
               ~~~~~~~~~~~~~~~~~~ detached
    `,
    'one in a function, even when it reports its error: the caller ends before it': `
      function start() {
        (async () => {})().catch(report);
        ~~~~~~~~~~~~~~~~~~ handled
      }
    `,
    'one in a module whose error nobody takes': `
      (async () => {})().finally(close);
      ~~~~~~~~~~~~~~~~~~ detached
    `,
    'one in a function that handles its errors inside': `
      function start() {
        (async () => {
        ~~~~~~~~~~~~~… handled
          try {
            await work();
          } catch {}
        })();
      }
    `,
    'one of which a part is outside of its try': `
      function start() {
        (async () => {
        ~~~~~~~~~~~~~… detached
          try {
            await work();
          } catch {}
          await close();
        })();
      }
    `,
    'one that catches what its work throws, and waits outside of that for what never fails': `
      const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));
      const guarded = async (step) => {
        try {
          await step();
        } catch (error) {
          report(error);
        }
      };
      function sweep(rooms) {
        (async () => {
        ~~~~~~~~~~~~~… handled
          for (const room of rooms) {
            try {
              await room.sweep();
            } catch (error) {
              report(error);
            }
          }
          await new Promise((resume) => setTimeout(resume, 50));
        })();
        (async function () {
        ~~~~~~~~~~~~~~~~~~~~… handled
          await guarded(() => rooms.air());
          await pause(50);
        })();
        void (async () => guarded(() => rooms.lock()))();
             ~~~~~~~~~~~~~… handled
        (async () => {
        ~~~~~~~~~~~~~… detached
          await guarded(() => rooms.air());
          await rooms.close();
        })();
      }
    `,
    'one in an effect whose clean-up ends something else, or that lets its error out': `
      useEffect(() => {
        const controller = new AbortController();
        const other = new AbortController();
        (async () => follow(other.signal))().catch(report);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ handled
        (async () => {
        ~~~~~~~~~~~~~… detached
          await follow(controller.signal);
        })();
        return () => controller.abort();
      }, []);
    `,
    'one in a function, also where the module takes what nobody handles': `
      process.addListener('unhandledRejection', report);
      export function start() {
        (async () => build())();
        ~~~~~~~~~~~~~~~~~~~~~~~ handled
      }
    `,
    'one beside a function that would take what nobody handles, if it were called': `
      const install = () => process.on('unhandledRejection', report);
      (async () => build())();
      ~~~~~~~~~~~~~~~~~~~~~~~ detached
    `,
    'a body over several lines': `
      (async () => {
      ~~~~~~~~~~~~~…  detached
        await work();
      })();
    `,
  },
  misses: {},
});
