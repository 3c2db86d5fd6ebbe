interface Waiter {
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Those who wait for room, first in, first out. They are let in one by one: each is to take his
 * place before the next is asked whether there is another.
 */
export class Waiters {
  readonly #hasRoom: () => boolean;
  #waiting: Waiter[] = [];

  constructor(hasRoom: () => boolean) {
    this.#hasRoom = hasRoom;
  }

  wait(): Promise<void> {
    const room = new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    if (this.#waiting.length === 1) this.admit();
    return room;
  }

  admit(): void {
    if (this.#waiting.length === 0 || !this.#hasRoom()) return;
    this.#waiting.shift()!.resolve();
    // Some reactions later: who waits may be waited for himself.
    if (this.#waiting.length > 0) {
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => this.admit())));
    }
  }

  refuse(reason: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(reason);
  }
}
