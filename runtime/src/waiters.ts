interface Waiter {
  resolve(): void;
  reject(reason: unknown): void;
  next: Waiter | undefined;
}

/**
 * Those who wait for room, first in, first out. They are let in one by one: each is to take his
 * place before the next is asked whether there is another.
 */
export class Waiters {
  readonly #hasRoom: () => boolean;
  /** A chain, and no array: to take the first of a hundred thousand moves all the others. */
  #first: Waiter | undefined;
  #last: Waiter | undefined;

  constructor(hasRoom: () => boolean) {
    this.#hasRoom = hasRoom;
  }

  wait(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { resolve, reject, next: undefined };
      if (this.#first) this.#last!.next = waiter;
      else this.#first = waiter;
      this.#last = waiter;
      if (this.#first === waiter) this.admit();
    });
  }

  admit(): void {
    const first = this.#first;
    if (!first || !this.#hasRoom()) return;
    this.#first = first.next;
    first.resolve();
    // Some reactions later: who waits may be waited for himself.
    if (this.#first) {
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => this.admit())));
    }
  }

  refuse(reason: unknown): void {
    let waiter = this.#first;
    this.#first = undefined;
    for (; waiter; waiter = waiter.next) waiter.reject(reason);
  }
}
