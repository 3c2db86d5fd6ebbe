import { taskTracer } from './channels.node.js';

/** What is told to whoever listens, where the platform has channels. */
export { endTraced as endTracedTask, traced as tracedTask } from './traced-task.js';
export { endTraced as endTracedGroup, runTraced as runTracedGroup } from './traced-group.js';
export {
  endTraced as endTracedTimeout,
  failTraced as failTracedTimeout,
  runTraced as runTracedTimeout,
} from './traced-timeout.js';

export function areTasksHeard(): boolean {
  return taskTracer.isHeard;
}
