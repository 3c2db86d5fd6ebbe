import { describeRule } from '../support/describe-rule.js';

/** The last step of a module, which starts the program, and processes that it starts to run on. */
const recommended = (code: string) => ({ code, options: { reports: 'mistakes' } });

describeRule('no-floating-promises', {
  allows: {
    'the last step of a program: it is imported': recommended(`
      process.title = 'page';
      setInterval(() => process.connected || process.exit(1), 1000);
      import('./main.js');`),
    'the last step of a program that is not always run': recommended(`
      async function main(): Promise<void> { await import('./main.js'); }
      if (process.argv[2] === 'main') {
        process.title = 'main';
        main();
      }
      export {};`),
    'the last step of a program on each of its ways': recommended(`
      async function main(): Promise<void> { await import('./main.js'); }
      async function work(): Promise<void> { await import('./main.js'); }
      if (process.argv[2] === 'help') {
        console.log('page [work]');
      } else if (process.argv[2] === 'work') {
        process.title = 'work';
        work();
      } else {
        main();
      }`),
    'the last step of a program, before which and after which it listens': recommended(`
      async function main(): Promise<void> { await import('./main.js'); }
      process.on('SIGTERM', () => process.exit(1));
      main();
      process.once('SIGINT', () => process.exit(1));
      export const started = Date.now();`),
    'the last step of a program, after which it shows something of itself to whoever looks':
      recommended(`
      declare const page: { store?: object };
      declare const store: object;
      async function main(): Promise<void> { await import('./main.js'); }
      main();
      if (process.argv[2] === 'development') {
        page.store = store;
      }`),
    'the last step of a program: a package runs it': recommended(`
      import { Command } from 'commander';
      const program = new Command('page').action(async () => {});
      program.parseAsync(process.argv);`),
    'a process that tells its failure by what it gives': recommended(`
      import execa from 'execa';
      import { execa as run, execaCommand } from 'execa';
      const shared = { shell: true };
      function serve(command: string) {
        const server = execa.command(command, { shell: true, reject: false });
        server.stdout?.pipe(process.stdout);
        return server;
      }
      export async function start() {
        serve('serve');
        run('serve', { shell: true, reject: false });
        execaCommand('serve', { ...shared, reject: false });
        await import('./main.js');
      }`),
    'a chain in an executor whose callbacks settle, and that ends the process else': {
      code: `
      declare const log: (text: string) => void;
      declare function load(): Promise<{ pipe(): { on(name: string, run: (value: unknown) => void): void } }>;
      export const page = new Promise((yes, no) => {
        load().then((response) => {
          response.pipe().on('finish', () => yes(1));
        }).catch(async (error) => {
          log(String(error));
          process.exit(1);
        });
      });`,
      options: { reports: 'all' },
    },
  },
  reports: {
    'a step that is not the last one': recommended(`
      async function main(): Promise<void> { await import('./main.js'); }
      import('./polyfill.js');
      ~~~~~~~~~~~~~~~~~~~~~~~ floating
      if (process.argv[2] === 'work') {
        main();
        ~~~~~~ floating
        process.title = 'work';
      }
      for (const each of process.argv) {
        main();
        ~~~~~~ floating
      }
      if (process.argv[2] === 'help') {
        process.title = 'help';
      } else if (process.argv[2] === 'run') {
        main();
        ~~~~~~ floating
      } else {
        main();
        ~~~~~~ floating
      }
      switch (process.argv[2]) {
        case 'run':
          main();
          ~~~~~~ floating
      }
      process.title = 'page';`),
    'a step after which the program works something out': recommended(`
      let title = 'page';
      async function main(): Promise<void> { await import('./main.js'); }
      main();
      ~~~~~~ floating
      if (process.argv[2] === 'development') {
        title = process.title.trim();
      }
      export { title };`),
    'the last step, on one of several ways': recommended(`
      async function main(): Promise<void> { await import('./main.js'); }
      if (process.argv[2] === 'run') {
        main();
        ~~~~~~ floating
      } else {
        main().catch(() => process.exit(1));
      }`),
    'the last step, where another way waits for its own': recommended(`
      async function main(): Promise<void> { await import('./main.js'); }
      if (process.argv[2] === 'run') {
        main();
        ~~~~~~ floating
      } else if (process.argv[2] === 'work') {
        process.title = 'work';
        await main();
      }`),
    'the last step, where it is what the platform does': recommended(`
      navigator.serviceWorker.register('/worker.js');
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating`),
    'a process whose failure rejects': recommended(`
      import execa from 'execa';
      declare const options: { reject?: boolean };
      function serve(command: string) {
        return execa(command, { reject: true });
      }
      export async function start() {
        serve('serve');
        ~~~~~~~~~~~~~~ floating
        execa('serve', options);
        ~~~~~~~~~~~~~~~~~~~~~~~ floating
        await import('./main.js');
      }`),
    'a chain in an executor that settles only where nothing fails': {
      code: `
      declare const log: (error: unknown) => void;
      declare function load(): Promise<number>;
      export const page = new Promise((yes) => {
        load().then((value) => yes(value)).catch(log);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ untold
      });`,
      options: { reports: 'all' },
    },
  },
  misses: {},
});
