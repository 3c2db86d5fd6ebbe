import type { ScopeOptions } from '../cancellation.js';
import { invalid } from '../errors.js';
import { follow } from '../follow.js';
import { parentOf } from '../parent.js';
import { reasonOf } from '../reason.js';
import { checkFunction } from '../task-group-options.js';

interface Call {
  readonly name: string;
  complete(): void;
}

/** Calls of the program that have not been answered. */
export class PendingIo {
  readonly #calls: Call[] = [];

  get names(): string[] {
    return this.#calls.map(({ name }) => name);
  }

  /** Answers the n-th, in the order they were made. */
  complete(n: number): void {
    const [call] = this.#calls.splice(n, 1);
    call?.complete();
  }

  readonly io = async <T>(
    name: string,
    result?: () => T | PromiseLike<T>,
    options?: ScopeOptions,
  ): Promise<T> => {
    if (typeof name !== 'string') throw invalid('io takes a name, which the schedule shows', name);
    if (result !== undefined) checkFunction('result', result);
    const parent = parentOf(options);
    if (parent?.aborted) throw reasonOf(parent);
    await new Promise<void>((resolve, reject) => {
      const call = {
        name,
        complete: (): void => {
          follower?.leave();
          resolve();
        },
      };
      this.#calls.push(call);
      const follower = follow(parent, (reason) => {
        this.#calls.splice(this.#calls.indexOf(call), 1);
        reject(reason);
      });
    });
    return (await result?.()) as T;
  };
}
