import type { Enumerations, NativeChecker, NativeNode, NativeSymbol } from './api.js';

export interface SymbolPlace {
  readonly checker: NativeChecker;
  readonly enums: Enumerations;
  readonly isDefaultLibrary: (path: string) => boolean;
}

/**
 * What a module does not export has no parent, and neither has what it exports as a whole:
 *
 *     declare module 'node:test' {
 *       function test(name: string): Promise<void>;   // ← its symbol stands alone
 *       export = test;
 *     }
 *
 * It is read off the tree of the file that declares it. The default library, the largest of
 * them, declares no modules.
 */
export function moduleAround(
  symbol: NativeSymbol,
  { checker, enums, isDefaultLibrary }: SymbolPlace,
): NativeSymbol | undefined {
  const [declaration] = symbol.declarations;
  if (declaration === undefined || isDefaultLibrary(declaration.path)) return undefined;
  const node = declaration.resolve();
  for (let at: NativeNode | undefined = node?.parent; at !== undefined; at = at.parent) {
    if (at.kind === enums.SyntaxKind['ModuleDeclaration'] && at.name !== undefined) {
      const [found] = checker.getSymbolAtLocation([at.name]);
      if (found?.name.startsWith('"')) return found;
    }
  }
  return undefined;
}
