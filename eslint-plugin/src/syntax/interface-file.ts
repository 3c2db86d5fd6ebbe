// Files of a user interface, where a call that nobody waits for is the rule: a handler cannot wait, and
// the platform tells of an error that nobody handles.
import type { SourceCode } from './variable.js';

/** A file of components, one beside them, or one that works with what draws them or holds their state. */
export function isInterface(file: string, sourceCode: SourceCode): boolean {
  if (TEST_OR_STORY.test(file)) return false;
  if (PLACE.test(file)) return true;
  const answer = known.get(sourceCode) ?? importsInterface(sourceCode);
  known.set(sourceCode, answer);
  return answer;
}

const known = new WeakMap<SourceCode, boolean>();

const PLACE = /\.([jt]sx|vue|svelte)$|[\\/](components|hooks|ui|views)[\\/]/i;

const TEST_OR_STORY = /\.(test|spec|e2e|cy)\.[cm]?[jt]sx?$/i;

/**
 * A store of Vuex and a composable are plain files. What they start is shown when it is there, by what
 * it has changed, and is dropped as it is in a component.
 */
function importsInterface({ ast }: SourceCode): boolean {
  return ast.body.some(
    (statement) => statement.type === 'ImportDeclaration' && LIBRARIES.has(statement.source.value),
  );
}

/** React is not among them: a server draws with it too, and its hooks are known by their folder. */
const LIBRARIES: ReadonlySet<string> = new Set([
  '@angular/core',
  '@reduxjs/toolkit',
  'pinia',
  'preact/hooks',
  'react-redux',
  'redux',
  'solid-js',
  'svelte',
  'svelte/store',
  'vue',
  'vue-class-component',
  'vue-property-decorator',
  'vue-router',
  'vuex',
  'zustand',
]);
