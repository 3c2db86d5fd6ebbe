export { isCancellation, type ScopeOptions, type TaskContext } from './cancellation.js';
export { CancelledError, TimeoutError } from './errors.js';
export { sleep } from './sleep.js';
export { TaskGroup, type TaskGroupOptions } from './task-group.js';
export { TaskGroupError } from './task-group-error.js';
export { type Task, type TaskOptions } from './task.js';
export { timeout, Timeout } from './timeout.js';
