import { applyEdits, modify, parse } from 'jsonc-parser';

import type { Edit } from './edit.js';
import { lineEndOf } from './text-style.js';

/** Adds what is not asked for yet to the `devDependencies`, in their order. */
export function withDependencies(
  text: string,
  wanted: Readonly<Record<string, string>>,
): Edit | undefined {
  const manifest = parse(text) as Record<'dependencies' | 'devDependencies', object | undefined>;
  const known = { ...manifest.dependencies, ...manifest.devDependencies };
  let after = text;
  for (const [name, range] of Object.entries(wanted)) {
    if (name in known) continue;
    const hasList = after !== text || manifest.devDependencies !== undefined;
    const edits = modify(after, ['devDependencies', name], range, {
      formattingOptions: formattingOf(text),
      // Where there are no `devDependencies` yet, this is asked of the manifest: they come last.
      getInsertionIndex: (names) =>
        hasList ? names.filter((each) => each < name).length : names.length,
    });
    after = applyEdits(after, edits);
  }
  return after === text ? undefined : { file: 'package.json', before: text, after };
}

/** As the file is indented already. */
export function formattingOf(text: string): {
  insertSpaces: boolean;
  tabSize: number;
  eol: string;
} {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: lineEndOf(text),
  };
}
