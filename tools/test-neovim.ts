/**
 * `npm run test:neovim`: drives `mooring lsp` from the neovim that is installed, without a window. In
 * Debian it is the package `neovim`; the test of the protocol runs on every change, this one by hand.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from './root.js';

const EXPECTED = `report mooring/no-floating-promises 2:3
page # \`mooring/no-floating-promises\`
line await fetch('/a');
clean
`;

const folder = mkdtempSync(join(tmpdir(), 'mooring-neovim-'));
const file = join(folder, 'a.ts');
writeFileSync(file, "export async function run(): Promise<void> {\n  fetch('/a');\n}\n");
const { stdout, stderr, error } = spawnSync(
  'nvim',
  ['--headless', '-u', 'NONE', '-c', `luafile ${join(root, 'tools/editor/neovim.lua')}`],
  {
    encoding: 'utf8',
    env: {
      ...process.env,
      MOORING_FILE: file,
      MOORING_MAIN: join(root, 'cli/dist/main.js'),
      MOORING_NODE: process.execPath,
    },
  },
);
rmSync(folder, { recursive: true });
if (error !== undefined) {
  console.error(`nvim cannot be started: ${error.message}`);
  process.exitCode = 2;
} else if (stdout === EXPECTED) {
  console.log('neovim shows the report, its page and its suggestion.');
} else {
  console.error(`neovim said:\n${stdout}${stderr}`);
  process.exitCode = 1;
}
