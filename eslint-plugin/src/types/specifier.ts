/**
 * Names a type or a value in a setting, in the form typescript-eslint gave it
 * (`TypeOrValueSpecifier`), so that one list serves both plugins.
 */
export type Specifier =
  | string
  | { readonly from: 'file'; readonly name: string | readonly string[]; readonly path?: string }
  | { readonly from: 'lib'; readonly name: string | readonly string[] }
  | {
      readonly from: 'package';
      readonly name: string | readonly string[];
      readonly package: string;
    };

/** The names that a specifier lists. */
export function namesOf(specifier: Specifier): readonly string[] {
  if (typeof specifier === 'string') return [specifier];
  return typeof specifier.name === 'string' ? [specifier.name] : specifier.name;
}
