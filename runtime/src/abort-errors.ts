/**
 * What clients reject with when a signal stops them: the platform's own words, then those of
 * clients that have words of their own. A client that rejects with the reason itself, or with an
 * `AbortError`, needs no line here.
 *
 * `constructor` is for classes that set no name. An error that a client throws for other causes too
 * does not belong here: it would hide a failure. See `WRAPPERS`.
 */
const ABORTED: Readonly<Record<string, readonly unknown[]>> = {
  name: [
    'AbortError', //             fetch, Node, undici, node-fetch, got, AWS SDK, Azure SDK
    'CanceledError', //          axios
    'CancelError', //            p-cancelable; got 14 and older
    'RequestAbortedError', //    Elasticsearch, OpenSearch
  ],
  code: [
    'ABORT_ERR', //              Node
    'ERR_CANCELED', //           axios; got 14 and older
    'ERR_ABORTED', //            got
    'UND_ERR_ABORTED', //        undici
    'ABORTED', //                superagent
  ],
  isCanceled: [true], //         execa
  constructor: [
    'APIUserAbortError', //      openai, @anthropic-ai/sdk
    'AbortError', //             redis
  ],
};

/**
 * Errors of clients for whatever ends a request: they are aborts when their cause is one. Known by
 * the name, and by a field beside it, since a program may have an `HttpError` of its own, whose
 * cause says what it was doing when its clean-up failed.
 */
const WRAPPERS: Readonly<Record<string, string>> = {
  FetchError: 'request', //      ofetch
  TimeoutError: 'timings', //    got, where the reason is called TimeoutError: it takes the name over
  HttpError: 'request', //       @octokit/request
  GaxiosError: 'config', //      gaxios, googleapis
  TRPCClientError: 'meta', //    @trpc/client
};

/** Whether an error says of itself that it is an abort, be it whose it may. */
export function saysAborted(error: object): boolean {
  for (const key in ABORTED) {
    const value = (error as Record<string, unknown>)[key];
    if (ABORTED[key]!.includes(typeof value === 'function' ? value.name : value)) return true;
  }
  return false;
}

/** Whether an error stands for its cause. */
export function isWrapper(error: {
  readonly name?: unknown;
  readonly constructor: unknown;
}): boolean {
  const { name, constructor } = error;
  const field = WRAPPERS[String(name)] ?? WRAPPERS[(constructor as { name: string }).name];
  return field !== undefined && field in error;
}
