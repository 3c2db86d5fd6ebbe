import type { HeapGraph, Node } from './heap-graph.js';

/** A function that has stopped at an `await`: the object that V8 keeps of it. */
export type Frame = Node;

/** Longer chains are cut: nobody reads them. */
const LONGEST = 100;

/**
 * The async functions that a task waits in, its own first: each has awaited what the next one returns.
 *
 *     task ◄─bound_this─ handler ◄─ PromiseReaction ◄─ Promise ◄─ Generator `loadUser`
 *                                                                     ▲
 *     Promise ─► PromiseReaction ─► what goes on after the await ─► Context
 *        ▲
 *        └── Generator `query`
 *
 * The picture is what V8 makes of an `await`. It shows nothing of code that is not async: a promise
 * that is made by hand ends the chain.
 */
export function awaitChain(task: Node, graph: HeapGraph): Frame[] {
  const frames: Frame[] = [];
  const seen = new Set<Node>();
  let promise = promiseOf(task, graph);
  while (promise !== undefined && !seen.has(promise) && seen.size < LONGEST) {
    seen.add(promise);
    const frame = holders(promise, 'Generator', graph)[0];
    if (frame !== undefined) frames.push(frame);
    promise = frame === undefined ? awaitedBy(promise, graph) : awaitedIn(frame, graph);
  }
  return frames;
}

/** The function of a frame. */
export function functionOf(frame: Frame, graph: HeapGraph): Node {
  for (const { name, other } of graph.edgesFrom(frame)) if (name === 'function') return other;
  return frame;
}

/** The promise that settles the task: its handlers are bound to it. */
function promiseOf(task: Node, graph: HeapGraph): Node | undefined {
  for (const { name, other: handler } of graph.edgesTo(task)) {
    if (name !== 'bound_this') continue;
    for (const reaction of holders(handler, REACTION, graph)) {
      const [promise] = holders(reaction, 'Promise', graph);
      if (promise !== undefined) return promise;
    }
  }
  return undefined;
}

/** The promise that a function waits for: what goes on after the `await` knows the function. */
function awaitedIn(frame: Frame, graph: HeapGraph): Node | undefined {
  // Since V8 13 the function itself keeps what goes on.
  const kept = [...graph.edgesFrom(frame)].map(({ other }) => other);
  return throughHandlers([...handlersIn(frame, graph), ...kept], graph);
}

/** The promise that decides about another: by `then`, or since the other was resolved with it. */
function awaitedBy(promise: Node, graph: HeapGraph): Node | undefined {
  for (const reaction of holders(promise, REACTION, graph)) {
    const [source] = holders(reaction, 'Promise', graph);
    if (source !== undefined && source !== promise) return source;
  }
  return throughHandlers(handlersIn(promise, graph), graph);
}

/** The functions in whose context an object stands. */
function handlersIn(node: Node, graph: HeapGraph): Node[] {
  return holders(node, CONTEXT, graph).flatMap((context) =>
    [...graph.edgesTo(context)]
      .filter(({ name }) => name === 'context')
      .map(({ other: handler }) => handler),
  );
}

function throughHandlers(handlers: readonly Node[], graph: HeapGraph): Node | undefined {
  for (const handler of handlers) {
    for (const reaction of holders(handler, REACTION, graph)) {
      for (const promise of holders(reaction, 'Promise', graph)) return promise;
    }
  }
  return undefined;
}

const REACTION = 'system / PromiseReaction';
const CONTEXT = 'system / Context';

/** What holds a node, as far as the engine calls it by that name. */
function holders(node: Node, name: string, graph: HeapGraph): Node[] {
  return [...graph.edgesTo(node)]
    .map(({ other }) => other)
    .filter((other) => graph.nameOf(other) === name);
}
