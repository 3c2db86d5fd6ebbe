import { expect, test } from 'vitest';
import ts from 'typescript';

import { MODULE_OPTIONS } from '../../eslint-plugin/src/types/module-facts.js';
import { STABLE_FLAGS } from '../../eslint-plugin/src/types/parser-services-checker.js';

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

test('the values of options that the plugin spells are those of the installed TypeScript', () => {
  expect(MODULE_OPTIONS).toEqual({
    es2022: ts.ModuleKind.ES2022,
    esnext: ts.ModuleKind.ESNext,
    node16: ts.ModuleKind.Node16,
    node18: ts.ModuleKind.Node18,
    nodenext: ts.ModuleKind.NodeNext,
    preserve: ts.ModuleKind.Preserve,
    system: ts.ModuleKind.System,
    es2017: ts.ScriptTarget.ES2017,
    classic: ts.ModuleResolutionKind.Classic,
    node10: ts.ModuleResolutionKind.Node10,
    force: ts.ModuleDetectionKind.Force,
  });
});
