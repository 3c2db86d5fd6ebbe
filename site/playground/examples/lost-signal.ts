import { type ScopeOptions, sleep, timeout, TimeoutError } from 'mooring';

async function pause(ms: number, scope?: ScopeOptions): Promise<void> {
  await sleep(ms, scope);
}

try {
  await timeout(
    300,
    async (deadline) => {
      deadline.signal.addEventListener('abort', () => console.log('too late'), { once: true });
      await pause(1_500); // Nobody tells it.
      console.log('only now it ends');
    },
    { name: 'impatient' },
  );
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error;
}
