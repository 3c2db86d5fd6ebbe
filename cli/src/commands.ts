import { check } from './check/command.js';
import type { CommandDefinition } from './command.js';
import { convert } from './convert/command.js';
import { init } from './init/command.js';
import { lsp } from './lsp/command.js';
import { ps } from './ps/command.js';

/** What `mooring` can do, in the order in which `mooring --help` says it. */
export const COMMANDS: readonly CommandDefinition[] = [check, init, lsp, convert, ps];
