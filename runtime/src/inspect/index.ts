export { format } from './format.js';
export { tree, type ScopeInfo, type TaskInfo } from './tree.js';
export type { GroupTrace, TaskTrace, TimeoutTrace } from '../traces.js';
