/** Where types come from in a test. `tsgo`: the parser's services over its native backend. */
export type Provider = 'native' | 'parser-services' | 'tsgo';

const chosen = process.env['MOORING_TYPES'] as Provider | undefined;

/** The providers that every question is put to: both that are installed, or the one chosen. */
export const PROVIDERS: readonly Provider[] = chosen ? [chosen] : ['parser-services', 'native'];

/** The one that the rules are tested with. */
export const provider: Provider = chosen ?? 'parser-services';

/** Here TypeScript 7 stands beside 6. The suite runs with another version where this is its folder. */
export const typescript = process.env['MOORING_TYPESCRIPT'] ?? 'typescript-7';

/** What `settings.mooring` says to have this provider. */
export function providerSettings(of: Provider): object {
  return of === 'native' ? { types: 'native', typescript } : { types: 'parser-services' };
}
