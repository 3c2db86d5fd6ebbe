/** Where types come from in a test. `tsgo`: the parser's services over its native backend. */
export type Provider = 'native' | 'parser-services' | 'tsgo';

const chosen = process.env['MOORING_TYPES'] as Provider | undefined;

/** The providers that every question is put to: both that are installed, or the one chosen. */
export const PROVIDERS: readonly Provider[] = chosen ? [chosen] : ['parser-services', 'native'];

/** The one that the rules are tested with. */
export const provider: Provider = chosen ?? 'parser-services';

/** What `settings.mooring` says to have this provider. Here TypeScript 7 stands beside 6. */
export function providerSettings(of: Provider): object {
  return of === 'native'
    ? { types: 'native', typescript: 'typescript-7' }
    : { types: 'parser-services' };
}
