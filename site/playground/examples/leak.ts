import { sleep } from 'mooring';

async function charge(): Promise<void> {
  await sleep(200);
  throw new Error('the card is refused');
}

async function ship(): Promise<void> {
  await sleep(1_000);
  console.log('the parcel is on its way');
}

try {
  await Promise.all([charge(), ship()]);
} catch (error) {
  console.log(`no order: ${String(error)}`);
}
