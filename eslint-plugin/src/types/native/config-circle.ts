import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/**
 * The way on which a `tsconfig.json` extends itself, or one that it refers to does; `undefined` for
 * none. TypeScript 6 says so, error 18000, and goes on; TypeScript 7.0 never comes back.
 */
export function findCircle(config: string, seen: Set<string> = new Set()): string[] | undefined {
  const waiting = [config];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const circle = circleAbove(next);
    if (circle !== undefined) return circle;
    waiting.push(...referencesOf(next));
  }
  return undefined;
}

function circleAbove(config: string): string[] | undefined {
  const ways: string[][] = [[config]];
  const done = new Set<string>();
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const last = way.at(-1)!;
    for (const base of basesOf(last)) {
      if (way.includes(base)) return [...way.slice(way.indexOf(base)), base];
      if (!done.has(base)) ways.push([...way, base]);
    }
    done.add(last);
  }
  return undefined;
}

interface Config {
  readonly extends?: unknown;
  readonly references?: unknown;
}

function basesOf(config: string): string[] {
  const { extends: bases } = read(config);
  return [bases]
    .flat()
    .filter((base) => typeof base === 'string')
    .flatMap((base) => fileOf(config, base) ?? []);
}

function referencesOf(config: string): string[] {
  const { references } = read(config);
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown) => {
    const path = (reference as { path?: unknown } | null)?.path;
    if (typeof path !== 'string') return [];
    const at = resolve(dirname(config), path);
    return real(at.endsWith('.json') ? at : join(at, 'tsconfig.json')) ?? [];
  });
}

/** Where a config is that is extended: a file, with or without its ending, or one of a package. */
function fileOf(config: string, base: string): string | undefined {
  const names = [base, `${base}.json`, `${base}/tsconfig.json`];
  if (/^\.{0,2}[/\\]|^[a-z]:/i.test(base)) {
    const [as, withEnding] = names.map((name) => resolve(dirname(config), name));
    return base.endsWith('.json') ? real(as!) : (real(withEnding!) ?? real(as!));
  }
  const { resolve: find } = createRequire(config);
  for (const name of names) {
    try {
      return real(find(name));
    } catch {
      // Under another name, or not at all, which TypeScript will say.
    }
  }
  return undefined;
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const STRING_OR_COMMENT = /("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[^]*?\*\//g;

/** A config that cannot be read extends nothing; TypeScript will say so. */
function read(config: string): Config {
  try {
    const text = readFileSync(config, 'utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll(STRING_OR_COMMENT, (_, string?: string) => string ?? '')
      .replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '');
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
