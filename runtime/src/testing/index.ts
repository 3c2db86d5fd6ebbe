export {
  cancelEverywhere,
  type CancelEverywhereOptions,
  type CancelEverywhereReport,
} from './cancel-everywhere.js';
export { explore, type ExploreOptions, type Explorer, type ExploreReport } from './explore.js';
export { leaks } from './leaks.js';
export { withClock, type Clock, type ClockOptions } from './with-clock.js';
