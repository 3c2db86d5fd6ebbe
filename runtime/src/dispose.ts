/// <reference lib="esnext.disposable" preserve="true" />

// Some browsers still lack these symbols. A class member named `[Symbol.dispose]` would there
// become a method called "undefined", and polyfilling a global is not a library's to do. The
// registered symbols below are the ones esbuild, Babel and swc fall back to when they lower
// `using`, so lowered code finds the disposers in those browsers too.

export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');

export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
