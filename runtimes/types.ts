/**
 * The declarations of `mooring`, as a stranger has them: packed, unpacked, and read by every
 * supported TypeScript with `lib: ES2022` and without `skipLibCheck`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'runtimes/typescripts');

const COMPILERS = ['5.9', '6.0', '7.0'];

/** What a program may have besides `mooring`, and the program. */
const ENVIRONMENTS = [
  { name: 'bare', lib: ['ES2022'], types: [], program: 'runtime/tests/types-without-platform.ts' },
  { name: 'node', lib: ['ES2022'], types: ['node'], program: 'runtime/tests/types.ts' },
  { name: 'browser', lib: ['ES2022', 'DOM'], types: [], program: 'runtime/tests/types.ts' },
] as const;

if (!existsSync(join(folder, 'node_modules'))) npm('ci', '--prefix', folder);

const consumer = mkdtempSync(join(tmpdir(), 'mooring-types-'));
try {
  install();
  const failed = COMPILERS.flatMap((compiler) =>
    ENVIRONMENTS.filter((environment) => !compiles(compiler, environment)).map(
      ({ name }) => `TypeScript ${compiler}, ${name}`,
    ),
  );
  for (const name of failed) console.error(`failed: ${name}`);
  console.log(
    `${COMPILERS.length * ENVIRONMENTS.length - failed.length} passed, ${failed.length} failed`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(consumer, { recursive: true });
}

/** Unpacks the package where a program finds it. */
function install(): void {
  npm('pack', '--silent', '--pack-destination', consumer, join(root, 'runtime'));
  const unpacked = join(consumer, 'node_modules/mooring');
  mkdirSync(unpacked, { recursive: true });
  const archive = readdirSync(consumer).find((file) => file.endsWith('.tgz'))!;
  execFileSync('tar', ['-xzf', join(consumer, archive), '-C', unpacked, '--strip-components=1']);
  symlinkSync(join(folder, 'node_modules/@types'), join(consumer, 'node_modules/@types'));
  symlinkSync(
    join(folder, 'node_modules/undici-types'),
    join(consumer, 'node_modules/undici-types'),
  );
}

function compiles(compiler: string, environment: (typeof ENVIRONMENTS)[number]): boolean {
  const { name, lib, types, program } = environment;
  const project = join(consumer, `${name}-${compiler}`);
  mkdirSync(project);
  copyFileSync(join(root, program), join(project, 'program.ts'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  const compilerOptions = {
    target: 'ES2022',
    lib,
    types,
    module: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsc = join(folder, `node_modules/typescript-${compiler}/bin/tsc`);
  console.log(`── TypeScript ${compiler}, ${name}`);
  const { status } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false'], {
    cwd: dirname(project),
    stdio: 'inherit',
  });
  return status === 0;
}

function npm(...args: string[]): void {
  execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
