/** What the client knows of one theme and horizon: a snapshot, and every delta since, each applied once. */
import type { Alert } from '../../shared/alert-state.ts';
import type { Agency } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { FeedState } from '../../shared/feed.ts';
import type { Force } from '../../shared/force.ts';
import type { Origin } from '../../shared/incident.ts';
import type {
  Delta,
  HotspotRanking,
  ShownIncident,
  ShownSuperseded,
  Snapshot,
} from '../../shared/messages.ts';
import { harmOf } from '../../shared/harm.ts';
import { insertNewest } from '../../shared/latest-incidents.ts';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import { isRecentPeriod, isTimed } from '../../shared/period.ts';
import { belongsTo } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, parseInstant, type TimeZone } from '../../shared/time.ts';
import { stepAt } from './cell-counts.ts';
import { CountedRevisions } from './counted-revisions.ts';
import { OpenAlerts } from './open-alerts.ts';
import { PeriodTally, type ShownPeriod } from './period-tally.ts';
import { PictureCounts, type Subscription } from './picture-counts.ts';
import { FAST } from './trailing-window.ts';

type StoredDelta = Extract<Delta, { type: 'incidents.stored' }>;
type RankedDelta = Extract<Delta, { type: 'hotspots.ranked' }>;
type AlertDelta = Extract<Delta, { type: 'alert.changed' }>;
type WorkDelta = Extract<Delta, { type: 'tasking.changed' | 'action.changed' }>;
type FeedDelta = Extract<Delta, { type: 'feeds.changed' }>;

/** The client's reading of the clock may be so much behind the server's, in real time. */
const LAG_MS = 2_000;

/** What identifies an incident through its revisions. */
export function incidentKey(incident: { agency: Agency; feed: string; id: string }): string {
  return `${incident.agency}/${incident.feed}/${incident.id}`;
}

/** The step it counts in; none where only its day or month is known. */
function timedStep({ occurredAt, timePrecision }: ShownSuperseded): number | undefined {
  if (!isTimed(timePrecision)) return undefined;
  const at = parseInstant(occurredAt);
  return at === undefined ? undefined : stepAt(at);
}

export class Picture extends PictureCounts {
  /** What is counted by the day or month. */
  readonly periods = new PeriodTally();
  /** One ranking per force, of the picture's theme and horizon. */
  readonly rankings = new Map<Force, HotspotRanking>();
  readonly feeds = new Map<string, FeedState>();
  /** Rises with every change of `rankings`. */
  rankingsVersion = 0;
  /** Newest first, at most `SNAPSHOT_INCIDENTS`. */
  incidents: ShownIncident[] = [];
  /** Incidents counted since the newest in `incidents`, too many at once to be named. */
  unlisted = 0;
  /** The latest `seq` that told of a change. */
  workChanges: Partial<Record<WorkDelta['type'], number>> = {};
  /** Where LIVE had got to; a `seq` means something only within its `epoch`. */
  position: { epoch: string; seq: number } | undefined;

  readonly #revisions = new CountedRevisions();
  readonly #alerts = new OpenAlerts();
  readonly #originSeenMs = new Map<Origin, number>();
  readonly #arrivalListeners = new Set<(incident: ShownIncident) => void>();
  readonly #correctionListeners = new Set<(incident: ShownIncident) => void>();

  /** Those that are open, in the order in which they were raised. */
  get alerts(): Snapshot['alerts'] {
    return this.#alerts.open;
  }

  /** Calls back for each incident that is new, happened within the last day and belongs to the theme. */
  onArrival(listener: (incident: ShownIncident) => void): () => void {
    this.#arrivalListeners.add(listener);
    return () => this.#arrivalListeners.delete(listener);
  }

  /** Calls back for each of the theme's incidents of the last day that was corrected or cancelled. */
  onCorrection(listener: (incident: ShownIncident) => void): () => void {
    this.#correctionListeners.add(listener);
    return () => this.#correctionListeners.delete(listener);
  }

  /** Whether deltas may go on from here for this subscription, in this epoch. */
  canResume(wanted: Subscription, epoch: string): boolean {
    return (
      this.position?.epoch === epoch &&
      this.subscription?.theme === wanted.theme &&
      this.subscription.horizonHours === wanted.horizonHours &&
      this.subscription.force === wanted.force
    );
  }

  /** After this no resuming is possible; what is shown stays until the next snapshot. */
  distrust(): void {
    this.position = undefined;
  }

  applySnapshot(snapshot: Snapshot, epoch: string): void {
    const theme = snapshot.themes[0] ?? this.subscription?.theme ?? 'all';
    const [force = null, ...others] = snapshot.forces;
    const { horizonHours } = snapshot;
    const before = this.subscription;
    const own = (this.subscription = { theme, horizonHours, force: others.length === 0 ? force : null });
    if (before?.theme === own.theme && before.force === own.force) this.past.doubt();
    else this.past.forget();
    this.position = { epoch, seq: snapshot.seq };
    this.counts.clear();
    for (const { theme: counted, cell, steps } of snapshot.counts) {
      if (counted === theme)
        for (const [step, count, harm] of steps) this.counts.add(cell, step, count, harm);
    }
    this.periods.clear();
    for (const counted of snapshot.periods) if (counted.theme === theme) this.periods.load(counted);
    this.rankings.clear();
    this.rankingsVersion += 1;
    for (const ranking of snapshot.hotspots) this.#rank(ranking);
    this.feeds.clear();
    for (const feed of snapshot.feeds) this.feeds.set(`${feed.agency}/${feed.feed}`, feed);
    this.incidents = snapshot.incidents.slice(0, SNAPSHOT_INCIDENTS);
    this.unlisted = 0;
    this.#alerts.load(snapshot.alerts);
    this.#revisions.clear();
    for (const incident of snapshot.incidents) {
      this.#revisions.count(incidentKey(incident), incident.revision);
    }
    this.#originSeenMs.clear();
    const now = parseInstant(snapshot.serverTime) ?? 0;
    for (const origin of snapshot.origins) this.#originSeenMs.set(origin, now);
  }

  /** Moves on to `seq`; false where it has been there already, so that a delta counts once. */
  advance(seq: number): boolean {
    if (this.position === undefined || seq <= this.position.seq) return false;
    this.position.seq = seq;
    return true;
  }

  applyStored(delta: StoredDelta): void {
    if (!this.advance(delta.seq)) return;
    const at = parseInstant(delta.at) ?? 0;
    if ('counts' in delta) {
      for (const { theme, cell, step, change, harm = 0 } of delta.counts) {
        if (theme !== this.subscription?.theme) continue;
        this.#countTimed(cell, step, change, harm);
        this.unlisted += Math.max(0, change);
      }
      for (const { theme, change, ...place } of delta.periods) {
        if (theme !== this.subscription?.theme) continue;
        this.periods.add(place, change, delta.origins);
        this.unlisted += Math.max(0, change);
      }
      for (const origin of delta.origins) this.#originSeenMs.set(origin, at);
      const outdated = new Set(delta.outdated);
      if (outdated.size > 0)
        this.incidents = this.incidents.filter((incident) => !outdated.has(incidentKey(incident)));
    } else {
      for (const change of delta.changes) this.#applyChange(change);
      for (const { incident } of delta.changes) this.#originSeenMs.set(incident.origin, at);
    }
  }

  applyRanked(delta: RankedDelta): void {
    if (this.advance(delta.seq)) this.#rank(delta);
  }

  /** Safe to apply twice, and in the order in which a picture read later knows it already. */
  applyAlert({ seq, alert }: AlertDelta): void {
    this.advance(seq);
    this.learnAlert(alert);
  }

  /** As an answer of the server tells it, before or after LIVE does. */
  learnAlert(alert: Alert): void {
    this.#alerts.learn(alert);
  }

  /** What it is, is asked for over HTTP. */
  applyWork({ seq, type }: WorkDelta): void {
    if (this.advance(seq)) this.workChanges = { ...this.workChanges, [type]: seq };
  }

  applyFeed(delta: FeedDelta): void {
    if (this.advance(delta.seq)) this.feeds.set(`${delta.feed.agency}/${delta.feed.feed}`, delta.feed);
  }

  /** Origins of the last day's incidents, and of the days and months that are shown. */
  origins(): Origin[] {
    const now = this.clock.now() ?? 0;
    for (const [origin, seenMs] of this.#originSeenMs) {
      if (Math.abs(now - seenMs) > DAY_MS && this.clock.speed === 1) this.#originSeenMs.delete(origin);
    }
    return [...new Set([...this.#originSeenMs.keys(), ...this.periods.origins()])].sort();
  }

  /** The days and months to show beside what happens now; lets go of what is no longer recent. */
  shownPeriods(timeZone: TimeZone): ShownPeriod[] {
    const now = this.clock.now();
    // A fast clock runs ahead of what it drives, by months where it is fast enough.
    if (now !== undefined && this.clock.speed <= FAST)
      this.periods.keepOnly((period) => isRecentPeriod(period, now, timeZone));
    return this.periods.shown();
  }

  #rank(ranking: HotspotRanking): void {
    const { subscription } = this;
    if (ranking.theme === subscription?.theme && ranking.horizonHours === subscription.horizonHours) {
      this.rankings.set(ranking.force, ranking);
      this.rankingsVersion += 1;
    }
  }

  #applyChange({
    incident,
    superseded,
  }: Extract<StoredDelta, { changes: unknown }>['changes'][number]): void {
    const theme = this.subscription?.theme;
    const key = incidentKey(incident);
    // The snapshot may already hold what a delta of just after it tells.
    const revision = this.#revisions.count(key, incident.revision);
    if (theme === undefined || revision === 'counted') return;
    const corrects = superseded !== undefined || revision !== 'first';
    if (superseded !== undefined && superseded.status !== 'cancelled' && belongsTo(theme, superseded)) {
      this.#count(superseded, -1, []);
    }
    const belongs = belongsTo(theme, incident);
    const counts = belongs && incident.status !== 'cancelled';
    if (counts) this.#count(incident, 1, [incident.origin]);
    // Told late by another server, an earlier revision counts until the later takes it back, but is no news.
    if (revision !== 'earlier') this.#list(incident, { belongs, corrects });
    if (counts && !corrects && this.#isRecent(incident)) {
      for (const listener of this.#arrivalListeners) listener(incident);
    }
    if (belongs && corrects && revision !== 'earlier' && this.#isRecent(incident)) {
      for (const listener of this.#correctionListeners) listener(incident);
    }
  }

  /** Brings it into the list, or where it does not belong there any more, out of it. */
  #list(incident: ShownIncident, { belongs, corrects }: { belongs: boolean; corrects: boolean }): void {
    const key = incidentKey(incident);
    const isPast = this.#pastTest();
    const listed = this.incidents.filter(
      (other) => isPast(other) && !(corrects && incidentKey(other) === key),
    );
    if (belongs) insertNewest(listed, incident, SNAPSHOT_INCIDENTS);
    this.incidents = listed;
    if (belongs && !corrects) this.unlisted = 0;
  }

  /** Where a recording starts over, what was received in its first run lies in the future. */
  #pastTest(): (incident: ShownIncident) => boolean {
    const now = this.clock.now();
    if (now === undefined) return () => true;
    const latest = formatInstant(now + HOUR_MS + LAG_MS * this.clock.speed);
    return ({ receivedAt }) => receivedAt <= latest;
  }

  #count(place: ShownSuperseded, change: 1 | -1, origins: readonly Origin[]): void {
    const { force, period, cell } = place;
    if (period !== null) this.periods.add({ force, period, cell }, change, origins);
    const step = timedStep(place);
    if (step !== undefined) this.#countTimed(cell, step, change, change * harmOf(place));
  }

  #countTimed(cell: Cell, step: number, change: number, harm: number): void {
    this.counts.add(cell, step, change, harm);
    this.past.add(cell, step, change, harm);
  }

  #isRecent(incident: ShownIncident): boolean {
    const step = timedStep(incident);
    if (step === undefined) return false;
    const now = this.clock.now();
    // A fast clock runs ahead of what it drives: there everything that arrives is news.
    return this.clock.speed > 1 || now === undefined || step >= stepAt(now - DAY_MS);
  }
}
