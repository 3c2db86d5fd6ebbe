/** A project of a hundred modules, and a file of 2,000 lines that uses all of them. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = 100;
const LINES = 2_000;
/** The function of the middle line: each has 19 lines, after the imports. */
const MIDDLE = Math.floor((LINES / 2 - MODULES) / 19);

/** Where a summand is typed: in the middle of the file. */
export const TYPED_AT = '/* here */';

export function makeProject() {
  const root = mkdtempSync(join(tmpdir(), 'mooring-editor-'));
  const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
  symlinkSync(packages, join(root, 'node_modules'));
  mkdirSync(join(root, 'src'));
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable', 'dom'],
    module: 'nodenext',
    strict: true,
    types: ['node'],
  };
  const files = {
    'package.json': JSON.stringify({ private: true, type: 'module' }),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }),
    'src/main.ts': mainFile(),
  };
  for (let index = 0; index < MODULES; index++) files[`src/store-${index}.ts`] = moduleOf(index);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  return { root, file: 'src/main.ts', text: files['src/main.ts'] };
}

function moduleOf(index) {
  return `
export interface Item${index} { readonly id: string; readonly size: number; tags: string[] }

export class Store${index} {
  readonly #items = new Map<string, Item${index}>();

  async load(id: string, options: { signal?: AbortSignal } = {}): Promise<Item${index}> {
    const known = this.#items.get(id);
    if (known !== undefined) return known;
    const response = await fetch(\`/items/\${id}\`, options);
    const item = (await response.json()) as Item${index};
    this.#items.set(id, item);
    return item;
  }

  async save(item: Item${index}, options: { signal?: AbortSignal } = {}): Promise<void> {
    await fetch(\`/items/\${item.id}\`, { ...options, method: 'PUT', body: JSON.stringify(item) });
  }

  sizes(): number[] {
    return [...this.#items.values()].map(({ size }) => size).filter((size) => size > ${index});
  }
}
`;
}

/** A floating promise in every tenth function, so that a lint that finds none did not happen. */
function mainFile() {
  const imports = Array.from(
    { length: MODULES },
    (_, index) => `import { Store${index} } from './store-${index}.js';`,
  );
  const lines = ["import { TaskGroup, timeout } from 'mooring';", ...imports];
  for (let index = 0; lines.length < LINES; index++) lines.push(...functionOf(index).split('\n'));
  return `${lines.slice(0, LINES).join('\n')}\n`;
}

function functionOf(index) {
  const store = index % MODULES;
  return `
export async function refresh${index}(ids: readonly string[], limit = 10): Promise<number> {
  const store = new Store${store}();
  const total = ids.length ${index === MIDDLE ? TYPED_AT : ''} + 1;
  const items = await TaskGroup.run(async (group) => {
    const tasks = ids.slice(0, limit).map((id) => group.createTask(() => store.load(id, group)));
    return Promise.all(tasks);
  });
  await timeout(1_000 * total, async (deadline) => {
    for (const item of items) {
      if (item.tags.includes('old')) continue;
      await store.save({ ...item, size: item.size + 1 }, deadline);
    }
  });
  ${index % 10 === 0 ? "store.load('next');" : "await store.load('next');"}
  const sizes = store.sizes().filter((size) => size < total);
  return sizes.reduce((sum, size) => sum + size, 0);
}
`;
}
