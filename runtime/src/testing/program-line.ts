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

/** As Node, Deno and Bun write a line of their own. */
export function isOfPlatform(frame: string): boolean {
  return /(^|[\s(])(node|ext|internal):/.test(frame);
}

/** The first line of a stack that is the program's own, if there is one: not ours, no package's. */
export function ownLineOf(stack = ''): string | undefined {
  return linesOf(stack).find((line) => !/[\\/]node_modules[\\/]/.test(line));
}

/** The line of a stack that tells the program's author most. */
export function lineOf(stack = ''): string {
  return ownLineOf(stack) ?? linesOf(stack)[0] ?? 'a line that the platform does not tell';
}

function linesOf(stack: string): string[] {
  return stack
    .split('\n')
    .map((frame) => frame.trim())
    .filter(
      (frame) =>
        /^at .*[\\/].*:\d+:\d+\)?$/.test(frame) &&
        !isOfPlatform(frame) &&
        !(PACKAGE && frame.includes(PACKAGE)),
    )
    .map((frame) => frame.replace(/^at (async )?/, ''));
}
