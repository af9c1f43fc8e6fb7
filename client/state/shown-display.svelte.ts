/** Which view of its display a screen shows now: the only one, or each in its turn. */
import { EVERY_SECONDS, type Display, type DisplayView } from '../../shared/display.ts';
import type { Timers } from '../timers.ts';

export class ShownDisplay {
  display = $state.raw<Display>({ views: [{ role: 'force' }] });
  /** Of the view shown, among the display's. */
  index = $state(0);
  readonly #timers: Timers;
  #cancel: () => void = () => undefined;

  constructor(display: Display, timers: Timers) {
    this.#timers = timers;
    this.display = display;
    this.#wait();
  }

  get view(): DisplayView {
    return this.display.views[this.index] ?? { role: 'force' };
  }

  /** From its first view on; what is shown already goes on as it is. */
  show(display: Display): void {
    if (JSON.stringify(display) === JSON.stringify(this.display)) return;
    this.display = display;
    this.index = 0;
    this.#wait();
  }

  stop(): void {
    this.#cancel();
  }

  #wait(): void {
    this.#cancel();
    const { views, everySeconds = EVERY_SECONDS.usual } = this.display;
    if (views.length < 2) return;
    this.#cancel = this.#timers.after(everySeconds * 1_000, () => {
      this.index = (this.index + 1) % views.length;
      this.#wait();
    });
  }
}
