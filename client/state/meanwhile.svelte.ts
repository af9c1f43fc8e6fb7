/** What came in the live room while somebody looks back: counted, so that nobody misses it. */
import type { LiveView } from './live-view.svelte.ts';

export class Meanwhile {
  /** New incidents of the theme that were named one by one. */
  incidents = $state(0);
  /** Open alerts that were not there at first. */
  alerts = $state(0);
  readonly #before: readonly string[];
  readonly #stop: () => void;

  constructor({ picture }: Pick<LiveView, 'picture'>) {
    this.#before = picture.alerts.map(({ id }) => id);
    this.#stop = picture.onArrival(() => {
      this.incidents += 1;
    });
  }

  /** Call when the live alerts have changed. */
  heed(alerts: readonly { id: string }[]): void {
    this.alerts = alerts.filter(({ id }) => !this.#before.includes(id)).length;
  }

  stop(): void {
    this.#stop();
  }
}
