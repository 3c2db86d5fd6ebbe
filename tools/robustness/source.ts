/** A program that is linted: its text, and a name whose ending says how it is parsed. */
export interface Source {
  readonly path: string;
  readonly text: string;
}
