import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { CannotError, CLEAN, type CommandDefinition, FINDINGS } from '../src/command.js';
import { mooring } from './support/mooring.js';

const GREET: CommandDefinition = {
  name: 'greet',
  summary: 'greets somebody',
  declare(command) {
    command.argument('<who>', 'whom to greet').option('--loud', 'greet loudly');
  },
  run(command, { stdout }) {
    const [who] = command.args as [string];
    if (who === 'nobody') throw new CannotError('There is nobody to greet');
    if (who === 'bug') throw new TypeError('x is not\n a function');
    stdout.write(`hello ${who}${command.opts<{ loud?: true }>().loud ? '!' : ''}\n`);
    return Promise.resolve(who === 'wolf' ? FINDINGS : CLEAN);
  },
};

const greet = (...args: readonly string[]) => mooring(args, { commands: [GREET] });

/** Nothing but one sentence on the standard error. */
async function expectRefusal(args: readonly string[], sentence: string): Promise<void> {
  expect(await greet(...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
}

describe('a command', () => {
  test('gets its arguments and options, and says the exit code', async () => {
    expect(await greet('greet', 'you', '--loud')).toEqual({
      code: 0,
      stdout: 'hello you!\n',
      stderr: '',
    });
    expect((await greet('greet', 'wolf')).code).toBe(1);
  });

  test('that cannot says why in a sentence, and exits with 2', async () => {
    await expectRefusal(['greet', 'nobody'], 'There is nobody to greet.');
  });

  test('with a mistake of ours in it says so in a sentence too', async () => {
    await expectRefusal(['greet', 'bug'], 'mooring could not go on: x is not a function.');
  });
});

describe('mooring', () => {
  test('says how it is used, with --help and with nothing', async () => {
    const { code, stdout, stderr } = await greet('--help');
    expect(stdout).toMatch(/^Usage: mooring \[options\] \[command\]/);
    expect(stdout).toMatch(/^ +greet .*greets somebody$/m);
    expect(stdout).toContain('Exit code: 0 all is well');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await greet()).toEqual({ code, stdout, stderr });
  });

  test('says how a command is used', async () => {
    const { code, stdout } = await greet('greet', '--help');
    expect(stdout).toMatch(/^Usage: mooring greet \[options\] <who>\n\nGreets somebody\.$/m);
    expect(stdout).toContain('--loud');
    expect(code).toBe(0);
    expect((await greet('help', 'greet')).stdout).toBe(stdout);
  });

  test('says its version', async () => {
    const manifest = new URL('../package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    expect(await greet('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('what mooring does not understand is refused in a sentence', () => {
  test.each([
    [['greed'], "mooring has no command 'greed'; it has greet."],
    [['help', 'greed'], "mooring has no command 'greed'; it has greet."],
    [['greet'], "Missing required argument 'who'."],
    [['greet', 'you', '--quiet'], "Unknown option '--quiet'."],
    [['--quiet'], "Unknown option '--quiet'."],
    [['greet', 'you', 'me'], "Too many arguments for 'greet'. Expected 1 argument but got 2."],
  ])('%s', async (args, sentence) => {
    await expectRefusal(args, sentence);
  });
});
