// What is known of libraries: data, one row a fact, with the place in the library's source that
// shows it. A row names a function by where it is declared, never by its name alone.

/**
 * - `result`: the promise that the call gives may be dropped: the library has it
 * - `callback`: a function handed to the call may give a promise: the library looks at it
 * - `made`: a function that the call gives handles its own errors
 * - `listener`: a function handed to the call has its promise dropped, whatever its type says
 * - `zone`: the library waits for each of its own promises that a function handed to the call makes
 */
export type Fact = 'callback' | 'listener' | 'made' | 'result' | 'zone';

/** What a row does not hold for. */
export type Exception =
  /** A call with an option of this name, as `{ throwOnError: true }`. */
  | { readonly option: string }
  /** A call with more arguments than that. */
  | { readonly argumentsOver: number }
  /** A call with a callback that gives a promise. */
  | { readonly callback: 'async' };

export interface LibraryRow {
  /** As people call it. */
  readonly library: string;
  readonly fact: Fact;
  /** The packages that declare it: the library itself, a part of it, or its types. */
  readonly packages: readonly string[];
  /** Functions and methods, by their names. */
  readonly names?: readonly string[];
  /** Classes or interfaces, one of which the methods have to be of. */
  readonly of?: readonly string[];
  /** Types of functions that the library gives: `const navigate = useNavigate()`. */
  readonly types?: readonly string[];
  /** Members by which a promise of the library is told, whoever gives it. */
  readonly members?: readonly string[];
  readonly unless?: Exception;
  /** Of a `result`: its promise never rejects, so what awaits nothing else cannot fail by it. */
  readonly swallows?: true;
  /**
   * `all`: no step says anything; `recommended`: only that one is silent.
   * Of a `listener` the step that begins to report.
   */
  readonly step: 'all' | 'recommended' | 'structured';
  /** What the library does with the promise, or with its error. */
  readonly because: string;
  readonly source: Source;
}

/** Where the library's source shows it. */
export interface Source {
  /** On GitHub. */
  readonly repository: string;
  readonly path: string;
}
