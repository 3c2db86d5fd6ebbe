// Programs in which things stand in each other, or in one long expression: each place is in all that
// is around it, and each part of an expression in the whole.
import type { Programs } from './shapes.js';
import { each, HEAD, inFunction, nested, withSignal } from './texts.js';

export const DEEP: Programs = {
  'a test of many calls': [
    60,
    (n) =>
      inFunction(
        `const p = load();\n${Array.from({ length: n }, (_, i) => `plain(${i})`).join(' && ')} && load();\nawait p;`,
      ),
  ],
  'conditions in conditions': [
    50,
    (n) => inFunction(`${Array.from({ length: n }, () => 'a ? load() : ').join('')}load();`),
  ],
  'literals in literals': [
    60,
    (n) => inFunction(`const all = ${'[load(), '.repeat(n)}load()${']'.repeat(n)};\nplain(all);`),
  ],
  'blocks in blocks': [
    50,
    (n) => inFunction(nested(n, (i) => `{ const p${i} = load(); plain(); await p${i};`, '', '}')),
  ],
  'if in if': [
    50,
    (n) =>
      inFunction(
        nested(n, (i) => `if (plain(${i})) { const p${i} = load(); plain(); await p${i};`, '', '}'),
      ),
  ],
  'try in try beside a signal': [
    40,
    (n) =>
      withSignal(
        nested(n, () => 'try { await load(signal);', '', '} catch (error) { plain(error); }'),
      ),
  ],
  'then in then': [
    30,
    (n) =>
      inFunction(
        nested(n, (i) => `load().then((v${i}) => { plain(v${i}); return `, 'load()', '; })'),
      ),
  ],
  'classes in classes': [
    20,
    (n) =>
      `${HEAD}export const all = ${nested(n, () => 'class { p = load(); m() { load(); return ', '1', '; } }').replace(/\n/g, '')};`,
  ],
  'a union of promises': [
    100,
    (n) =>
      `${HEAD}type One = ${Array.from({ length: n }, (_, i) => `{ k: ${i}; p: Promise<${i}> }`).join(' | ')};
declare const one: One;
export function all() {\n${each(n, () => 'one.p;')}\n}`,
  ],
  'promises that float in one plain function': [
    150,
    (n) => `${HEAD}export function all() {\n${each(n, () => 'load();')}\n}`,
  ],
  'races against timers': [
    60,
    (n) =>
      inFunction(
        each(n, (i) => `await Promise.race([load(), new Promise((r) => setTimeout(r, ${i}))]);`),
      ),
  ],
};
