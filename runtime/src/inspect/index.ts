export { format } from './format.js';
export { tree, type ScopeInfo, type TaskInfo } from './tree.js';
