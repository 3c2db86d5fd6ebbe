export {
  cancelEverywhere,
  type CancelEverywhereOptions,
  type CancelEverywhereReport,
} from './cancel-everywhere.js';
export { leaks } from './leaks.js';
export { withClock, type Clock, type ClockOptions } from './with-clock.js';
