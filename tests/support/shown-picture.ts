/** What a client has on its screen, from a snapshot and deltas, by a clock that a test sets. */
import { Picture } from '../../client/state/picture.ts';
import type { Delta, HotspotRanking, ShownIncident, Snapshot } from '../../shared/messages.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import type { FeedState } from '../../shared/feed.ts';
import type { Theme } from '../../shared/theme.ts';
import { TimeZone } from '../../shared/time.ts';

export interface Shown {
  /** Incidents per cell of the last day from the beginning of each six hours on. */
  counts: [cell: string, count: number][][];
  periods: unknown[];
  rankings: Pick<HotspotRanking, 'at' | 'force' | 'hotspots' | 'areaCells'>[];
  feeds: FeedState[];
  incidents: ShownIncident[];
  alerts: unknown[];
}

export class ShownPicture {
  readonly theme: Theme;
  readonly #timeZone: TimeZone;
  #nowMs = 0;
  readonly #picture = new Picture({ speed: 1, now: () => this.#nowMs });

  constructor(theme: Theme, timeZone: string) {
    this.theme = theme;
    this.#timeZone = new TimeZone(timeZone);
  }

  applySnapshot(snapshot: Snapshot, epoch: string, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#picture.applySnapshot(snapshot, epoch);
  }

  /** Without one it is told only how far LIVE has got. */
  apply(delta: Delta | undefined, seq: number, nowMs: number): void {
    this.#nowMs = nowMs;
    switch (delta?.type) {
      case 'incidents.stored':
        this.#picture.applyStored(delta);
        break;
      case 'hotspots.ranked':
        this.#picture.applyRanked(delta);
        break;
      case 'feeds.changed':
        this.#picture.applyFeed(delta);
        break;
      case 'alert.changed':
        this.#picture.applyAlert(delta);
        break;
      case 'forecasts.issued':
      case undefined:
        this.#picture.advance(seq);
    }
  }

  shown(): Shown {
    const picture = this.#picture;
    picture.totals(24);
    const step = Math.floor(this.#nowMs / COUNT_STEP_MS);
    const counts = [95, 72, 48, 24, 4].map((ago) =>
      [...picture.counts.totals(step - ago)].filter(([, count]) => count !== 0).sort(byName),
    );
    // That a day or month brought nothing of a theme only a snapshot tells: of a narrower view, deltas leave open which is the newest.
    const periods =
      this.theme !== 'all'
        ? []
        : picture.shownPeriods(this.#timeZone).map(({ cells, ...rest }) => ({
            ...{ ...rest, cells: [...cells].filter(([, count]) => count !== 0).sort(byName) },
          }));
    return structuredClone({
      ...{ counts, periods },
      rankings: [...picture.rankings]
        .sort(byName)
        .map(([, { at, force, hotspots, areaCells }]) => ({ at, force, hotspots, areaCells })),
      feeds: [...picture.feeds].sort(byName).map(([, feed]) => feed),
      // What a correction moved out of sight is listed as cancelled by who saw it go, and by nobody else.
      incidents: picture.incidents.filter(({ status }) => status !== 'cancelled'),
      alerts: picture.alerts,
    });
  }
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
