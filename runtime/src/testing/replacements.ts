/** Properties of the platform's objects that are replaced for a while. */
export class Replacements {
  readonly #undo: (() => void)[] = [];

  /** Replaces a property that is there; one that is not is left alone. */
  set(object: object | undefined, key: PropertyKey, value: unknown): void {
    if (!object || !(key in object)) return;
    const own = Object.getOwnPropertyDescriptor(object, key);
    // `performance.now` is inherited: an own property hides it, and goes again.
    this.#undo.push(() => {
      if (own) Object.defineProperty(object, key, own);
      else Reflect.deleteProperty(object, key);
    });
    Object.defineProperty(object, key, {
      configurable: true,
      enumerable: own?.enumerable ?? true,
      writable: true,
      value,
    });
  }

  /** Puts back what was there, the last replaced first. */
  restore(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}
