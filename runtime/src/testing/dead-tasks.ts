import { placeAt } from '../call-site.js';
import { whenTaskIsDead } from '../open-scopes.js';

/** Set while somebody else tells of them. */
let isSuspended = false;

// Elsewhere the console is told, and the group waits on. A test is better served by a failure: the
// group fails with it as with any error, and the test ends, with the line of the task.
whenTaskIsDead((task, site, what) => {
  if (isSuspended) return;
  const error = new Error(what);
  placeAt(site, error);
  task.reject(error);
});

/** Leaves tasks that can never settle as they are until `body` is done. */
export async function withoutVerdicts<R>(body: () => Promise<R>): Promise<R> {
  isSuspended = true;
  try {
    return await body();
  } finally {
    isSuspended = false;
  }
}
