import { openScopes, type OpenScope } from '../open-scopes.js';

/** What an error has shown is not shown again by the next. */
const told = new WeakSet<OpenScope>();

/** The scopes that are open, and that no error has shown. */
export function untoldScopes(): OpenScope[] {
  return openScopes().filter((scope) => !told.has(scope));
}

/** Marks scopes that an error shows. */
export function tell(scopes: readonly OpenScope[]): void {
  for (const scope of scopes) told.add(scope);
}
