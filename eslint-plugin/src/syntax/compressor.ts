// What is written into a stream of the platform that takes whatever it is given: it cannot fail of
// it, as one that unpacks can.
//
//   const gzip = new CompressionStream('gzip');
//   const writer = gzip.writable.getWriter();
//   writer.write(data);
//   writer.close();
//   return new Response(gzip.readable).arrayBuffer();
import type { TSESTree } from '@typescript-eslint/utils';

import { isGlobalName } from './mooring-reference.js';
import { calledMember, propertyName } from './property-name.js';
import { constantInit, resolved, type SourceCode, variableOf } from './variable.js';
import { outermost, unwrapped } from './wrappers.js';

const TAKING_ALL = ['CompressionStream', 'TextEncoderStream'];

/** `writer.write(data)` and `writer.close()`, unless what comes out goes into something that may fail. */
export function isWrittenToCompressor(call: TSESTree.Node, sourceCode: SourceCode): boolean {
  const written = calledMember(call);
  if (written?.name !== 'write' && written?.name !== 'close') return false;
  const writer = calledMember(resolved(written.object, sourceCode));
  if (writer?.name !== 'getWriter' || writer.object.type !== 'MemberExpression') return false;
  if (propertyName(writer.object) !== 'writable') return false;
  const stream = unwrapped(writer.object.object);
  const made = resolved(stream, sourceCode);
  return isTakingAll(made, sourceCode) && !isPiped(stream, sourceCode);
}

function isTakingAll(made: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (made.type !== 'NewExpression') return false;
  return TAKING_ALL.some((name) => isGlobalName(made.callee, name, sourceCode));
}

/** `gzip.readable.pipeTo(file)`: where the file fails, so does what is written. */
function isPiped(stream: TSESTree.Node, sourceCode: SourceCode): boolean {
  const variable = stream.type === 'Identifier' ? variableOf(stream, sourceCode) : undefined;
  if (variable === undefined || constantInit(variable) === undefined) return true;
  return variable.references.some(({ identifier, init }) => {
    if (init) return false;
    const readable = outermost(identifier).parent;
    // Who is handed the stream itself may do anything with it.
    if (readable?.type !== 'MemberExpression') return true;
    const used = outermost(readable).parent;
    return used?.type === 'MemberExpression' && /^(cancel|pipe)/.test(propertyName(used) ?? '');
  });
}
