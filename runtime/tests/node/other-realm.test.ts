import { runInNewContext } from 'node:vm';

import { timeout } from 'mooring';
import { sleepUntil } from 'mooring/time';
import { expect, it } from 'vitest';

it('a Date may be of another realm', async () => {
  const now = Date.now();
  const { Date: Other } = runInNewContext('({ Date })') as { Date: DateConstructor };
  expect(await timeout(new Other(now + 3_600_000), ({ remaining }) => remaining > 0)).toBe(true);
  await sleepUntil(new Other(0));
});
