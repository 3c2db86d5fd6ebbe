// A name of its own for the signal of one round of a loop.
//
//   signal = AbortSignal.any([signal, next]);    const ofRound = AbortSignal.any([signal, next]);
//   await load(url, { signal });                 await load(url, { signal: ofRound });
import type { TSESTree } from '@typescript-eslint/utils';

import { isInside } from '../syntax/enclosing.js';
import { type SourceCode, variableOf } from '../syntax/variable.js';
import type { Edit } from './edit.js';

const NAMES = ['ofRound', 'roundSignal', 'both'];

/** Nobody looks through a longer loop for what the new name means. */
const MOST_TEXT = 10_000;

/** `undefined` where the signal is read after the round, or by what stands around the block. */
export function signalOfRound(
  assignment: TSESTree.AssignmentExpression,
  loop: TSESTree.Node,
  sourceCode: SourceCode,
): readonly Edit[] | undefined {
  const { left, parent: statement } = assignment;
  const block = statement.parent;
  if (left.type !== 'Identifier' || statement.type !== 'ExpressionStatement') return undefined;
  if (block?.type !== 'BlockStatement') return undefined;
  const variable = variableOf(left, sourceCode);
  const writes = variable?.references.filter((each) => each.isWrite() && each.init !== true);
  if (variable === undefined || writes?.length !== 1) return undefined;
  const text = sourceCode.getText(loop);
  const name = NAMES.find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  if (name === undefined || text.length > MOST_TEXT) return undefined;
  const edits: Edit[] = [{ range: left.range, text: `const ${name}` }];
  for (const { identifier } of variable.references) {
    const use = identifier as TSESTree.Node;
    if (use.range[0] < statement.range[1]) continue;
    if (!isInside(use, block)) return undefined;
    const { parent } = use;
    const isShorthand = parent?.type === 'Property' && parent.shorthand;
    edits.push({ range: use.range, text: isShorthand ? `${left.name}: ${name}` : name });
  }
  return edits;
}
