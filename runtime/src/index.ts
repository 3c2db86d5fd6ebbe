export { abandonOnCancel } from './abandon-on-cancel.js';
export { isCancellation, type ScopeOptions, type TaskContext } from './cancellation.js';
export { CancelledError, TimeoutError } from './errors.js';
export { sleep } from './sleep.js';
export { TaskGroup } from './task-group.js';
export type { TaskGroupOptions } from './task-group-options.js';
export { TaskGroupError } from './task-group-error.js';
export type { Task, TaskOptions } from './task.js';
export { timeout, Timeout } from './timeout.js';
