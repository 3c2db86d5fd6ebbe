/** What the platform keeps of a place in the program; its `stack` is written out when it is read. */
export interface Site {
  readonly stack?: string;
}

/** Deep enough for the program's own line to stand under those of the runtime. */
const DEPTH = 25;

/** The place of this call; nothing where the platform tells none. */
export function siteHere(): Site {
  const site: Site = {};
  const { captureStackTrace, stackTraceLimit } = Error;
  if (!captureStackTrace || stackTraceLimit === undefined) return site;
  Error.stackTraceLimit = DEPTH;
  captureStackTrace(site, siteHere);
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

/** The folder of the package, as this platform spells it in a stack. */
const PACKAGE = /((?:file|https?):\/\/[^\s()]*|\/[^\s()]*)testing\/[^/\s]*:\d+:\d+/.exec(
  new Error().stack ?? '',
)?.[1];

/** The first line of a stack that is neither ours nor the platform's. */
export function lineOf(stack: string | undefined): string {
  const frames = (stack ?? '').split('\n').map((frame) => frame.trim());
  const frame = frames.find(
    (each) =>
      /^at .*[\\/].*:\d+:\d+\)?$/.test(each) &&
      !each.includes('node:') &&
      !(PACKAGE && each.includes(PACKAGE)),
  );
  return frame?.replace(/^at (async )?/, '') ?? 'a line that the platform does not tell';
}
