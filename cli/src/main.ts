#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
import { COMMANDS } from './commands.js';
import { endWithReader, keepOthersQuiet } from './others-output.js';

keepOthersQuiet(process);
endWithReader(process);

process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});
