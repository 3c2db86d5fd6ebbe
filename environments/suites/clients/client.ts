/** A client as people use it, and how it is seen at work. */
export interface Client {
  readonly name: string;
  /** The package whose version stands in the table; without one it is a part of Node. */
  readonly package?: string;
  /** How it takes a signal, as the table says it. */
  readonly takes: string;
  /** Starts something that does not end by itself. */
  start(scope: { signal: AbortSignal }, work: Work): Promise<unknown>;
  /** What a cancellation does not stop, as the table says it. Without it the test waits for the end. */
  readonly runsOn?: string;
}

/** What a client was told to do: begun and ended are told by who does it, not by the client. */
export class Work {
  /** A request for it is never answered. */
  readonly url: string;
  readonly begun: Promise<void>;
  readonly ended: Promise<void>;
  begin!: () => void;
  end!: () => void;

  constructor(url: string) {
    this.url = url;
    this.begun = new Promise((resolve) => (this.begin = resolve));
    this.ended = new Promise((resolve) => (this.end = resolve));
  }
}
