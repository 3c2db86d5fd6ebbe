import { dedent } from './squiggles.js';

/**
 * Programs under declarations that all of them share. The declarations stand on one line before
 * each program, so that squiggles keep their place.
 */
export function under(
  declarations: string,
  programs: Readonly<Record<string, string>>,
): Record<string, string> {
  const line = declarations.trim().replace(/\s*\n\s*/g, ' ');
  return Object.fromEntries(
    Object.entries(programs).map(([sentence, code]) => [sentence, `${line}\n${dedent(code)}`]),
  );
}
