/** Bytes of heap that `size` parked tasks hold, with all that waits for them. */
export async function heapOfParked(park, size, contender) {
  // Once over, so that what is made on first use is not counted as the tasks'.
  await once(park, 100, contender);
  return once(park, size, contender);
}

async function once(park, size, contender) {
  const { start, open } = park(size);
  const before = await heap();
  const done = start[contender]();
  const held = (await heap()) - before;
  open();
  await done;
  return held;
}

async function heap() {
  // A turn of the event loop: no task is left on its way to where it parks.
  await new Promise((resolve) => setTimeout(resolve, 20));
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
