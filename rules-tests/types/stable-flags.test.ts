import { expect, test } from 'vitest';
import ts from 'typescript';

import { STABLE_FLAGS } from '../../eslint-plugin/src/types/parser-services.js';

test('the values of flags that the plugin spells are those of the installed TypeScript', () => {
  const { CheckFlags } = ts as unknown as { CheckFlags: { RestParameter: number } };
  expect(STABLE_FLAGS).toEqual({
    typeAny: ts.TypeFlags.Any,
    typeUnknown: ts.TypeFlags.Unknown,
    objectReference: ts.ObjectFlags.Reference,
    symbolAlias: ts.SymbolFlags.Alias,
    symbolOptional: ts.SymbolFlags.Optional,
    checkRestParameter: CheckFlags.RestParameter,
  });
});
