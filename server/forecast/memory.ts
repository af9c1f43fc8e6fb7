/** What the forecaster remembers: each force's cell history, and which batches it has counted. */
import type { IncidentChange, IncidentsStored } from '../../shared/announcement.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import type { TimeZone } from '../../shared/time.ts';
import { CellHistory } from '../../models/features/cell-history.ts';
import type { CountedIncident } from '../../models/features/counted-incident.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import type { Checkpoint } from '../store/checkpoint-store.ts';

const SEEN = 'seen-batches';
const HISTORY = 'history:';

export class ForecastMemory {
  readonly #timeZone: TimeZone;
  readonly #histories = new Map<Force, CellHistory>();
  readonly #seen: SeenBatches;

  constructor(timeZone: TimeZone, seen = new SeenBatches()) {
    this.#timeZone = timeZone;
    this.#seen = seen;
  }

  get histories(): ReadonlyMap<Force, CellHistory> {
    return this.#histories;
  }

  /** The changes still to be counted: none where the batch's part was announced before. */
  newChanges(stored: IncidentsStored): IncidentChange[] {
    return this.#seen.isNew(stored) ? stored.changes : [];
  }

  /** Counts the incident, unless cancelled, and takes back what it supersedes. */
  count({ incident, superseded }: IncidentChange): void {
    if (superseded !== undefined && superseded.status !== 'cancelled') {
      this.#historyOf(superseded.force).remove(countedOf(superseded));
    }
    if (incident.status !== 'cancelled') this.#historyOf(incident.force).add(countedOf(incident));
  }

  encode(): Checkpoint[] {
    const seen: Checkpoint = { part: SEEN, state: Buffer.from(JSON.stringify(this.#seen.names())) };
    const histories = [...this.#histories].map(([force, history]) => ({
      part: HISTORY + force,
      state: history.encode(),
    }));
    return [seen, ...histories];
  }

  static decode(parts: readonly Checkpoint[], timeZone: TimeZone): ForecastMemory {
    const seen = parts.find(({ part }) => part === SEEN);
    const names = seen === undefined ? [] : (JSON.parse(Buffer.from(seen.state).toString()) as string[]);
    const memory = new ForecastMemory(timeZone, new SeenBatches(names));
    for (const force of FORCES_AND_UNASSIGNED) {
      const history = parts.find(({ part }) => part === HISTORY + force);
      if (history !== undefined)
        memory.#histories.set(force, CellHistory.decode(history.state, { timeZone }));
    }
    return memory;
  }

  #historyOf(force: Force): CellHistory {
    const known = this.#histories.get(force);
    if (known !== undefined) return known;
    const history = new CellHistory({ timeZone: this.#timeZone });
    this.#histories.set(force, history);
    return history;
  }
}

function countedOf(
  incident: Omit<CountedIncident, 'occurredAtMs'> & { occurredAt: string },
): CountedIncident {
  return { ...incident, occurredAtMs: Date.parse(incident.occurredAt) };
}
