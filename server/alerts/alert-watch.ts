/** Watches for what dispatchers must know of: emerging hotspots, near-repeats and rules, incident by incident. */
import { DetectorUnreadable } from '../../models/emerging/detector-encoding.ts';
import { TIMELY_MS } from '../../models/emerging/told-late.ts';
import type { IncidentChange } from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import { UNASSIGNED, type Force } from '../../shared/force.ts';
import type { TimeZone } from '../../shared/time.ts';
import { emergingFinding } from './emerging-finding.ts';
import { EmergingForce, type EncodedForce, type PlaceChange } from './emerging-force.ts';
import { NearRepeatWatch, type Series } from './near-repeat-watch.ts';
import type { Pending } from './pending.ts';
import type { Recorded } from './record-finding.ts';
import { UrgencyRanks } from './priority.ts';
import { RuleWatch, type EncodedRule } from './rule-watch.ts';
import { hasOutgrownDecision, strongestOf } from './watched-place.ts';

/** JSON, for checkpoints. */
export interface EncodedWatch {
  nowMs: number;
  emerging: Partial<Record<Force, EncodedForce>>;
  series: Partial<Record<Force, Series[]>>;
  rules: EncodedRule[];
  ranks: Partial<Record<Force, ReturnType<UrgencyRanks['encode']>>>;
  pending: Pending[];
}

export class AlertWatch {
  readonly #timeZone: TimeZone;
  readonly #emerging = new Map<Force, EmergingForce>();
  readonly #nearRepeats = new Map<Force, NearRepeatWatch>();
  readonly #rules: RuleWatch;
  readonly #ranks = new Map<Force, UrgencyRanks>();
  /** By place: the latest that was found there. */
  readonly #pending: Map<string, Pending>;
  #nowMs: number;

  constructor(timeZone: TimeZone, encoded?: EncodedWatch) {
    this.#timeZone = timeZone;
    this.#nowMs = encoded?.nowMs ?? -Infinity;
    this.#rules = new RuleWatch(encoded?.rules);
    this.#pending = new Map(encoded?.pending.map((pending) => [pending.place, pending]));
    for (const [force, state] of entriesOf(encoded?.emerging ?? {})) {
      this.#emerging.set(force, restored(force, timeZone, state));
    }
    for (const [force, ranks] of entriesOf(encoded?.ranks ?? {})) {
      this.#ranks.set(force, new UrgencyRanks(ranks));
    }
    for (const [force, series] of entriesOf(encoded?.series ?? {})) {
      this.#nearRepeats.set(force, new NearRepeatWatch(force, series));
    }
  }

  get forces(): ReadonlyMap<Force, EmergingForce> {
    return this.#emerging;
  }

  get nearRepeats(): ReadonlyMap<Force, NearRepeatWatch> {
    return this.#nearRepeats;
  }

  get rules(): RuleWatch {
    return this.#rules;
  }

  /** Counts a change that LIVE tells of; `clockMs` bounds those that claim to be from the future. */
  take(change: IncidentChange, clockMs: number): void {
    const { incident, superseded } = change;
    const receivedMs = Date.parse(incident.receivedAt);
    const nowMs = this.#advance(Math.min(receivedMs, clockMs));
    const isTimely = receivedMs - Date.parse(incident.occurredAt) <= TIMELY_MS;
    const placed = this.#placed(change);
    const before = placed.superseded?.force ?? placed.incident.force;
    for (const force of new Set([placed.incident.force, before])) {
      this.#note(force, this.emergingOf(force).take(placed, nowMs, isTimely), nowMs);
    }
    if (superseded !== undefined) this.nearRepeatOf(superseded.force).remove(superseded, incident);
    this.#queue(this.nearRepeatOf(incident.force).take(incident, nowMs, isTimely));
    this.#queue(this.#rules.take(incident, nowMs));
  }

  /** Counts a change of before, of which nothing is to be told. */
  recall({ incident }: IncidentChange): void {
    const nowMs = this.#advance(Date.parse(incident.receivedAt));
    const placed = this.#placed({ incident });
    this.emergingOf(placed.incident.force).take(placed, nowMs, false);
  }

  /** Tells, as time passes, what is over and what has come into another class. */
  tick(clockMs: number): void {
    const nowMs = this.#advance(clockMs);
    for (const [force, emerging] of this.#emerging) this.#note(force, emerging.tick(nowMs), nowMs);
    for (const nearRepeats of this.#nearRepeats.values()) this.#queue(nearRepeats.tick(nowMs));
    this.#queue(this.#rules.tick(nowMs));
  }

  /** Asks again whether what nobody knew to be over is. */
  askAgain(): void {
    for (const [force, emerging] of this.#emerging) {
      const changes = emerging.places.filter(({ isUnknown }) => isUnknown);
      this.#note(
        force,
        changes.map((watched) => ({ watched, isNew: false })),
        this.#nowMs,
      );
    }
  }

  /** What a calibration has found. */
  note(force: Force, changes: readonly PlaceChange[], clockMs: number): void {
    this.#note(force, changes, this.#advance(clockMs));
  }

  emergingOf(force: Force): EmergingForce {
    return entryOf(this.#emerging, force, () => new EmergingForce(force, this.#timeZone));
  }

  nearRepeatOf(force: Force): NearRepeatWatch {
    return entryOf(this.#nearRepeats, force, () => new NearRepeatWatch(force));
  }

  ranksOf(force: Force): UrgencyRanks {
    return entryOf(this.#ranks, force, () => new UrgencyRanks());
  }

  /** What is to be recorded next; it stays pending until `settle`, so that a checkpoint meanwhile has it. */
  get next(): Pending | undefined {
    return this.#pending.values().next().value;
  }

  /** Recorded: unless more was found there meanwhile it is done with. */
  settle(pending: Pending, { place, stands, isUnknown }: Recorded): void {
    const meanwhile = this.#pending.get(pending.place);
    this.#pending.delete(pending.place);
    if (meanwhile !== undefined && meanwhile !== pending) this.#queue([{ ...meanwhile, place }]);
    const watched = this.#emerging.get(pending.force)?.places.find((one) => one.place === pending.place);
    if (watched === undefined) return;
    watched.place = place;
    watched.isUnknown = isUnknown && watched.closedMs !== null;
    if (!stands) watched.decidedOnceInDays ??= strongestOf(watched)?.detection.onceInDays ?? null;
  }

  encode(): EncodedWatch {
    const emerging = [...this.#emerging].map(([force, one]) => [force, one.encode(this.#nowMs)]);
    const series = [...this.#nearRepeats].map(([force, one]) => [force, one.series]);
    return {
      nowMs: this.#nowMs,
      emerging: Object.fromEntries(emerging) as EncodedWatch['emerging'],
      series: Object.fromEntries(series) as EncodedWatch['series'],
      rules: this.#rules.encode(),
      ranks: Object.fromEntries([...this.#ranks].map(([force, one]) => [force, one.encode()])),
      pending: [...this.#pending.values()],
    };
  }

  /**
   * What no boundary gave to a force counts where something is expected of its place: nobody says what is usual among the
   * unassigned, unless there are many.
   */
  #placed({ incident, superseded }: IncidentChange): IncidentChange {
    const at = <Located extends { force: Force; cell: Cell }>(one: Located): Located => {
      if (one.force !== UNASSIGNED || this.emergingOf(UNASSIGNED).expectsAround(one.cell)) return one;
      const [force] = [...this.#emerging].find(([, emerging]) => emerging.expectsAround(one.cell)) ?? [
        one.force,
      ];
      return { ...one, force };
    };
    return { incident: at(incident), ...(superseded !== undefined && { superseded: at(superseded) }) };
  }

  #note(force: Force, changes: readonly PlaceChange[], nowMs: number): void {
    for (const { watched, isNew } of changes) {
      const finding = emergingFinding(watched);
      if (finding === undefined) continue;
      const again = hasOutgrownDecision(watched);
      if (again) watched.decidedOnceInDays = null;
      const { place } = watched;
      const [raises, sensitive] = [isNew || again, finding.theme === 'vawg'];
      this.#queue([{ force, place, priority: null, finding, sensitive, raises, nowMs }]);
    }
  }

  #queue(found: readonly Pending[]): void {
    for (const pending of found) {
      const raises = pending.raises || this.#pending.get(pending.place)?.raises === true;
      this.#pending.set(pending.place, { ...pending, raises });
    }
  }

  #advance(atMs: number): number {
    return (this.#nowMs = Math.max(this.#nowMs, atMs));
  }
}

function entriesOf<Value>(of: Partial<Record<Force, Value>>): [Force, Value][] {
  return Object.entries(of) as [Force, Value][];
}

function entryOf<Value>(of: Map<Force, Value>, force: Force, make: () => Value): Value {
  const known = of.get(force) ?? make();
  of.set(force, known);
  return known;
}

/** The state of another version is begun anew. */
function restored(force: Force, timeZone: TimeZone, state: EncodedForce): EmergingForce {
  try {
    return new EmergingForce(force, timeZone, state);
  } catch (error) {
    if (error instanceof DetectorUnreadable) return new EmergingForce(force, timeZone);
    throw error;
  }
}
