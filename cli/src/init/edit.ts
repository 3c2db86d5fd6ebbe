/** What is to be written. */
export interface Edit {
  /** From the root of the project. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** What has to be written by hand, because the file that is there is not understood. */
export interface Paste {
  readonly where: string;
  readonly why: string;
  readonly text: string;
}

export interface Plan {
  readonly edits: readonly Edit[];
  readonly pastes: readonly Paste[];
  /** Sentences about what is there and stays. */
  readonly notes?: readonly string[];
  /** What to do when the edits are written, line by line; */
  readonly next: readonly string[];
  /** and where something is found: the first run of CI would fail. */
  readonly whereFound?: string;
}
