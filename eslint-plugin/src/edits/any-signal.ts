// Two signals as one, of which the second may be missing.
//
//   load(url, { signal })      AbortSignal.any([context.signal, signal])
//   load(url, options)         AbortSignal.any([context.signal, ...(options?.signal ? [options.signal] : [])])
import type { HandedSignal } from '../flow/cancellation/handed-signals.js';
import type { SourceCode } from '../syntax/variable.js';
import type { Types } from '../types/types.js';
import { MEMBER, PLATFORM } from '../vocabulary.js';

/** `AbortSignal.any` takes no `undefined`. */
export function anySignal(
  own: string,
  { value, form, slot }: HandedSignal,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): string {
  const text = sourceCode.getText(value);
  const facts = types.value(value);
  const name = slot.property ?? MEMBER.signal;
  const isWhole = form === 'scope' || form === 'options';
  const isMissing =
    facts.isNullable || (isWhole && facts.members(name).some(({ isNullable }) => isNullable));
  const other = isWhole ? `${text}${facts.isNullable ? '?.' : '.'}${name}` : text;
  const part = isMissing ? `...(${other} ? [${other}] : [])` : other;
  return `${PLATFORM.abortSignal}.any([${own}, ${part}])`;
}
