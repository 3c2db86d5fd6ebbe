import type { TaskContext } from './cancellation.js';
import { holds, invalid, isIterable } from './errors.js';

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** What a mapping takes its items from; a function is handed the scope of the mapping. */
export type Items<T> = Source<T> | ((scope: TaskContext) => Source<T>);
type Source<T> = Iterable<T> | AsyncIterable<T>;

export function checkItems(items: unknown): void {
  if (typeof items !== 'function') checkIterable(items);
}

function checkIterable(items: unknown): void {
  if (!isIterable(items) && !holds(() => Symbol.asyncIterator in Object(items))) {
    throw invalid('items must be iterable, or a function that gives an iterable', items);
  }
}

/** The iterator of a mapping, pulled by several workers and closed at most once. */
export class ItemSource<T> {
  readonly isAsync: boolean;
  /** An array, which may be read by its index: a step of its iterator is a third of what an item costs. */
  readonly list: readonly T[] | undefined;
  /** It has not ended, failed, or been closed. */
  isOpen = true;
  /** Workers that wait for an item of an async source. */
  waiting = 0;
  readonly #iterator: Iterator<T> | AsyncIterator<T>;
  #lastPull: Promise<unknown> = Promise.resolve();

  constructor(given: Items<T>, scope: TaskContext) {
    const items = typeof given === 'function' ? given(scope) : given;
    checkIterable(items);
    this.isAsync = Symbol.asyncIterator in Object(items);
    this.list = isPlainArray(items) ? items : undefined;
    this.#iterator = this.isAsync
      ? (items as AsyncIterable<T>)[Symbol.asyncIterator]()
      : (items as Iterable<T>)[Symbol.iterator]();
  }

  /** The next item of a sync source. */
  next(): IteratorResult<T> {
    if (!this.isOpen) return END;
    // As in for-of, a source that throws has ended, and is not closed.
    this.isOpen = false;
    const step = checked(this.#iterator.next() as IteratorResult<T>);
    this.isOpen = !step.done;
    return step;
  }

  /** The next item of an async source, asked for once the pull before it has come to its end. */
  async nextInTurn(): Promise<IteratorResult<T>> {
    const pull = this.#lastPull.then(() => (this.isOpen ? this.#iterator.next() : END));
    this.#lastPull = pull.catch(() => {});
    this.waiting++;
    try {
      const step = checked(await pull);
      if (step.done) this.isOpen = false;
      return step;
    } catch (error) {
      this.isOpen = false;
      throw error;
    } finally {
      this.waiting--;
    }
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.#iterator.return?.();
  }
}

/** A step that is no object would never be the last one. */
function checked<T>(step: IteratorResult<T>): IteratorResult<T> {
  if (typeof step !== 'object' || (step as unknown) === null) {
    throw invalid('next() of an iterator must give an object', step);
  }
  return step;
}

/** An array of a class of its own may be iterated in a way of its own. */
function isPlainArray<T>(items: Source<T>): items is T[] {
  return (
    Array.isArray(items) &&
    items[Symbol.iterator] === Array.prototype[Symbol.iterator] &&
    !(Symbol.asyncIterator in items)
  );
}
