import type { Tracer } from './channels.node.js';
import type { GroupTrace, TaskTrace, TimeoutTrace } from './traces.js';

// Where the platform has no channels nobody can listen, and bundlers drop what depends on it. Node, Bun
// and Deno take `channels.node.ts` instead, by the package's `imports`.
export const taskTracer: Tracer<TaskTrace> | undefined = undefined;
export const groupTracer: Tracer<GroupTrace> | undefined = undefined;
export const timeoutTracer: Tracer<TimeoutTrace> | undefined = undefined;
