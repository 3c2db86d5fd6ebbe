// All rows, and those that a name could be of: nearly every call of a program is of none.
import { HOSTS } from './hosts.js';
import { QUERIES } from './queries.js';
import { QUEUES } from './queues.js';
import { ROUTERS } from './routers.js';
import type { Fact, LibraryRow } from './row.js';
import { TEST_RUNNERS } from './test-runners.js';

export const LIBRARIES: readonly LibraryRow[] = [
  ...QUERIES,
  ...ROUTERS,
  ...HOSTS,
  ...QUEUES,
  ...TEST_RUNNERS,
];

const byName = new Map<string, readonly LibraryRow[]>();
for (const row of LIBRARIES) {
  for (const name of row.names ?? []) byName.set(name, [...(byName.get(name) ?? []), row]);
}

export function rowsOfFact(fact: Fact): readonly LibraryRow[] {
  return LIBRARIES.filter((row) => row.fact === fact);
}

/** Rows with a function or a method of this name. */
export function rowsNamed(name: string, fact: Fact): readonly LibraryRow[] {
  return (byName.get(name) ?? []).filter((row) => row.fact === fact);
}

const TYPED = LIBRARIES.filter(({ types }) => types !== undefined);
const MEMBERED = LIBRARIES.filter(({ members }) => members !== undefined);

/** Rows that name types of functions. */
export function rowsWithTypes(fact: Fact): readonly LibraryRow[] {
  return TYPED.filter((row) => row.fact === fact);
}

/** Rows that name members of promises. */
export function rowsWithMembers(fact: Fact): readonly LibraryRow[] {
  return MEMBERED.filter((row) => row.fact === fact);
}
