import type { Named } from './task.js';
import { warnAbout } from './warnings.js';

/** How long what was cancelled may run on before the console says so. */
const PATIENCE = 10_000;

/** Says who holds up a group that was cancelled: tasks that ignore their signal, or the body. */
export class Patience {
  #alarm: Timer | undefined;

  /**
   * @param label The group.
   * @param waitsFor Asked when patience is at its end: whom the group still waits for. No task: the
   *   body.
   */
  start(label: string, waitsFor: () => readonly (Named | undefined)[]): void {
    if (this.#alarm || waitsFor().length === 0) return;
    const since = new Date();
    this.#alarm = setTimeout(() => {
      const late = waitsFor();
      if (late.length > 0)
        warnAbout(late, `${label} was cancelled at ${since.toISOString()} and still waits for`);
    }, PATIENCE);
    this.#alarm.unref?.();
  }

  end(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
  }
}
