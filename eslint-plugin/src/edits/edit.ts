import type { TSESTree } from '@typescript-eslint/utils';

/** A part of the text, and what is to stand in its place. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
  /** The signal that stood there. */
  readonly replaced?: TSESTree.Node;
}
