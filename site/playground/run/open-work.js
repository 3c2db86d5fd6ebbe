/** What keeps a process alive: timers, and requests. Counts them, and says when none is left. */
export function openWork(whenNone) {
  const { setTimeout: later, clearTimeout: noLater, fetch: ask } = self;
  const { setInterval: often, clearInterval: noLonger } = self;
  const open = new Set();
  let isLooking = false;

  // Two turns of the loop: what a timer has settled may start the next one in the microtasks after it.
  const look = () => {
    if (!isLooking) return;
    later(() => later(() => open.size === 0 && isLooking && end(), 0), 0);
  };
  const end = () => {
    isLooking = false;
    whenNone();
  };
  const close = (id) => {
    open.delete(id);
    look();
  };

  self.setTimeout = (callback, ms, ...values) => {
    const id = later(() => {
      try {
        callback(...values);
      } finally {
        close(id);
      }
    }, ms);
    open.add(id);
    return id;
  };
  self.setInterval = (callback, ms, ...values) => {
    const id = often(callback, ms, ...values);
    open.add(id);
    return id;
  };
  self.clearTimeout = (id) => {
    noLater(id);
    close(id);
  };
  self.clearInterval = (id) => {
    noLonger(id);
    close(id);
  };
  self.fetch = (...request) => {
    const mark = {};
    open.add(mark);
    return ask(...request).finally(() => close(mark));
  };
  return {
    lookFromNowOn() {
      isLooking = true;
      look();
    },
  };
}
