/** The picture as views read it: refreshed a few times a second, however fast deltas come. */
import { cellCentre, type Cell } from '../../shared/cell.ts';
import type { FeedState } from '../../shared/feed.ts';
import { isHorizon } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Origin } from '../../shared/incident.ts';
import type { Basemap, Hello, ShownIncident, Snapshot } from '../../shared/messages.ts';
import type { NowCast, ReportingDelays } from '../../shared/reporting-delay.ts';
import { HOUR_MS, TimeZone } from '../../shared/time.ts';
import type { Timers } from '../timers.ts';
import { apart, areaOf, contains, NOWHERE_YET, type Area } from './area.ts';
import { NO_COUNTS } from './cell-counts.ts';
import type { Connection } from './connection.ts';
import type { PictureClock } from './feed-clock.ts';
import { byTrouble } from './feed-order.ts';
import type { ShownPeriod } from './period-tally.ts';
import type { HeatHours, HeatWeight } from './heat-window.ts';
import type { Picture } from './picture.ts';
import type { Subscription } from './picture-counts.ts';
import { ranked, type ListedHotspot, type Ranked } from './ranked.ts';
import { throttle, type Throttled } from './throttle.ts';
import { tellsSince, toldUntil, type Told } from './told-until.ts';

/** How the heat was chosen to look back: null follows the horizon. */
interface ChosenHeat {
  heatHours: HeatHours | null;
  heatWeight: HeatWeight;
}

const NO_TRENDS: ReadonlyMap<Cell, number[]> = new Map();
const LISTS_MS = 250;
const HEAT_MS = 2_000;
/** In replay many minutes may pass in a second. */
const REPLAYED_HEAT_MS = 700;
const CLOCK_MS = 250;
/** Ageing needs no deltas: a quiet hour must fade too. */
const AGEING_MS = 30_000;
/** As many as a desk may scroll through. */
const LISTED = 100;

export class LiveView {
  connection = $state<Connection>('connecting');
  /** Why the server refuses, in its words, or null. */
  refusal = $state<string | null>(null);
  /** Whole seconds since the picture was last kept up. */
  unheardSeconds = $state(0);
  /** The feed's time in epoch milliseconds to the second; while disconnected, the time of the last picture. */
  nowMs = $state<number | null>(null);
  clockSpeed = $state(1);
  timeZone = $state('Europe/London');
  basemap = $state.raw<Basemap>({ kind: 'none' });
  /** What the picture is of: it follows the choice once the server has answered. Null before the first. */
  subscription = $state.raw<Subscription | null>(null);
  hotspots = $state.raw<ListedHotspot[]>([]);
  hoursUnknown = $state(false);
  unavailable = $state.raw<Ranked['unavailable']>([]);
  drifting = $state.raw<Ranked['drifting']>([]);
  /** When what is ranked was ranked, and by which models. */
  made = $state.raw<Ranked['made']>(null);
  /** Of each hotspot its incidents of the last day, two hours at a time. */
  trends = $state.raw(NO_TRENDS);
  /** Whether it is only a part of what the server counts as one. */
  isPart = false;
  /** Those whose data are shown: of which something was ranked. */
  forces = $state.raw<readonly Force[]>([]);
  incidents = $state.raw<ShownIncident[]>([]);
  unlisted = $state(0);
  alerts = $state.raw<Snapshot['alerts']>([]);
  /** The latest word of taskings and of partners' actions: another one is a reason to ask. */
  workChanges = $state.raw<Picture['workChanges']>({});
  feeds = $state.raw<FeedState[]>([]);
  /** Up to when those have told what happened. */
  told = $state.raw<Told>({ kind: 'nothing' });
  origins = $state.raw<Origin[]>([]);
  /** Incidents per cell within the heat's window. */
  heat = $state.raw(NO_COUNTS);
  /** What each cell weighs in the heat: the recent more than the old, by count or by harm. */
  heatWeights = $state.raw(NO_COUNTS);
  heatHours = $state<HeatHours>(8);
  heatWeight = $state<HeatWeight>('recency');
  /** False where only the last day of the heat's window is known yet. */
  heatKnown = $state(true);
  /** What the heat window's count will come to once late reports are in; null where nobody knows. */
  nowCast = $state.raw<NowCast | null>(null);
  /** The newest day and month of what is known no finer. */
  periods = $state.raw<ShownPeriod[]>([]);
  /** False where all that is known of the last day is known no finer: no number of hours can then be told. */
  timed = $state(true);
  area = $state.raw<Area>(NOWHERE_YET);

  readonly picture: Picture;
  /** Whether it shows what was known at an earlier moment. */
  readonly isReplay: boolean;
  readonly #clock: PictureClock;
  readonly #timers: Timers;
  readonly #chosenHeat: () => ChosenHeat;
  readonly #refreshLists: Throttled;
  readonly #refreshHeat: Throttled;
  #heardAt: number;
  #cancelTick: () => void;
  #agedAt: number;
  #located = false;
  /** Whether the whole window had been told when the place was found. */
  #settled = false;
  #delays: ReportingDelays | undefined;
  #zone = new TimeZone('Europe/London');
  // What is set anew is drawn anew: hotspots only where they changed.
  #rankingsShown = -1;

  /** @param shows `replay` where the clock is not the room's: then nothing is asked for that only now knows */
  constructor(
    picture: Picture,
    clock: PictureClock,
    timers: Timers,
    chosenHeat: () => ChosenHeat,
    shows: 'live' | 'replay' = 'live',
  ) {
    this.isReplay = shows === 'replay';
    this.picture = picture;
    this.#clock = clock;
    this.#timers = timers;
    this.#chosenHeat = chosenHeat;
    this.#refreshLists = throttle(timers, LISTS_MS, () => {
      this.#showLists();
    });
    this.#refreshHeat = throttle(timers, this.isReplay ? REPLAYED_HEAT_MS : HEAT_MS, () => {
      this.#showHeat();
    });
    this.#heardAt = this.#agedAt = timers.now();
    this.#cancelTick = timers.after(CLOCK_MS, this.#tick);
  }

  stop(): void {
    this.#cancelTick();
    this.#refreshLists.stop();
    this.#refreshHeat.stop();
  }

  hello(hello: Pick<Hello, 'timeZone' | 'basemap'>): void {
    this.timeZone = hello.timeZone;
    this.#zone = new TimeZone(hello.timeZone);
    this.basemap = hello.basemap;
    this.refusal = null;
  }

  /** How long incidents take to be known, learnt anew. */
  learnt(delays: ReportingDelays): void {
    this.#delays = delays;
    this.#refreshHeat();
  }

  /** Any frame; but one that brings no picture does not make an old picture younger. */
  heard(): void {
    if (this.connection === 'live') this.#heardAt = this.#timers.now();
  }

  connected(connection: Connection): void {
    if (connection === 'live') this.#heardAt = this.#timers.now();
    this.connection = connection;
    this.#showClock();
  }

  /** The picture has changed: a new one is shown at once, a change of it soon. */
  changed(what: 'picture' | 'delta'): void {
    if (what === 'picture') {
      this.#showLists();
      this.#showHeat();
    } else {
      this.#refreshLists();
      this.#refreshHeat();
    }
  }

  /** An alert as the server has just answered: shown at once, without waiting for LIVE to tell it. */
  learntAlert(alert: Snapshot['alerts'][number]): void {
    this.picture.learnAlert(alert);
    this.alerts = this.picture.alerts;
  }

  /** Whether a feed can have told any of the heat's window by now; where none can, a count of it would be no number. */
  get tells(): boolean {
    const nowMs = this.nowMs ?? 0;
    return this.heat.size > 0 || tellsSince(this.told, nowMs - this.heatHours * HOUR_MS);
  }

  /** Looks again where the data lie: the reader asked for it. */
  locate(): void {
    this.#located = false;
    this.#showHeat();
  }

  readonly #tick = (): void => {
    this.#cancelTick = this.#timers.after(CLOCK_MS, this.#tick);
    this.#showClock();
    if (this.#timers.now() - this.#agedAt >= AGEING_MS && this.connection === 'live') this.#refreshHeat();
  };

  #showClock(): void {
    this.unheardSeconds = Math.floor((this.#timers.now() - this.#heardAt) / 1_000);
    if (this.connection !== 'live' && this.nowMs !== null) return;
    const now = this.#clock.now();
    this.nowMs = now === undefined ? null : Math.floor(now / 1_000) * 1_000;
    this.clockSpeed = this.#clock.speed;
  }

  #showLists(): void {
    const { picture } = this;
    this.subscription = picture.subscription ?? null;
    if (picture.rankingsVersion !== this.#rankingsShown) {
      this.#rankingsShown = picture.rankingsVersion;
      const { hotspots, hoursUnknown, made, unavailable, drifting } = ranked(picture.rankings.values());
      this.hotspots = hotspots;
      this.hoursUnknown = hoursUnknown;
      this.unavailable = unavailable;
      this.drifting = drifting;
      this.made = made;
      this.trends = picture.trends(hotspots.map(({ cell }) => cell));
      const forces = [...picture.rankings.keys()].sort();
      if (forces.join() !== this.forces.join()) this.forces = forces;
    }
    this.incidents = picture.incidents.slice(0, LISTED);
    this.unlisted = picture.unlisted;
    this.alerts = picture.alerts;
    this.workChanges = picture.workChanges;
    this.feeds = byTrouble(picture.feeds.values());
    this.told = toldUntil(this.feeds);
    this.origins = picture.origins();
  }

  #showHeat(): void {
    this.#agedAt = this.#timers.now();
    const { heatHours, heatWeight } = this.#chosenHeat();
    this.heatHours = heatHours ?? this.picture.subscription?.horizonHours ?? 8;
    this.heatWeight = heatWeight;
    this.heatKnown = this.picture.knows(this.heatHours);
    this.heat = this.picture.totals(this.heatHours);
    this.heatWeights = this.picture.weights(this.heatHours, heatWeight);
    const theme = this.picture.subscription?.theme;
    const curve = this.#delays?.themes.find((one) => one.theme === theme && one.learntFrom > 0);
    this.nowCast =
      curve === undefined || !isHorizon(this.heatHours)
        ? null
        : this.picture.nowCast(this.heatHours, curve.completeness);
    this.trends = this.picture.trends(this.hotspots.map(({ cell }) => cell));
    this.periods = this.picture.shownPeriods(this.#zone);
    this.timed = this.picture.counts.size > 0 || this.periods.length === 0;
    this.#showArea();
  }

  #showArea(): void {
    const happened = [this.heat, ...this.periods.map(({ cells }) => cells)].find(({ size }) => size > 0);
    const isTold = this.told.kind === 'now' || this.told.kind === 'silent';
    const mayStay = this.#located && (this.#settled || !isTold);
    // It moves only where nothing of it is left in the old place, and to find its bounds all cells must be sorted.
    if (mayStay && happened?.keys().some((cell) => contains(this.area, cellCentre(cell)))) return;
    // Where a long past has been most told of so far is not where this window's incidents will lie.
    if (happened === undefined && this.told.kind === 'arriving' && !this.tells) return;
    const cells =
      happened === undefined
        ? this.hotspots.map(({ cell }) => ({ cell, count: 1 }))
        : [...happened].map(([cell, count]) => ({ cell, count }));
    const area = areaOf(cells.map(({ cell, count }) => [...cellCentre(cell), count] as const));
    if (area === undefined || (mayStay && !apart(area, this.area))) return;
    this.area = area;
    this.#located = true;
    this.#settled = isTold;
  }
}
