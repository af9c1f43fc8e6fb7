/** Whether a force's incidents are told as they happen, or a past is being told: then no forecast knows yet what is usual. */
import type { IncidentChange } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { HOUR_MS } from '../../shared/time.ts';

const LATE_MS = HOUR_MS;
/** So many between two ticks, most of them late, come from no usual day. */
const MANY = 5;

/** A pause in the telling is no end: it lasts for so many ticks more. */
const COOLS_DOWN_TICKS = 4;

interface Arrived {
  late: number;
  all: number;
}

export class ArrivingPast {
  #arrived = new Map<Force, Arrived>();
  /** For so many ticks more. */
  #arriving = new Map<Force, number>();

  /** `nowMs` is the clock's: under a recording's, what is told at once from long before has been known for as long. */
  note({ incident: { force, occurredAt } }: IncidentChange, nowMs: number): void {
    const arrived = this.#arrived.get(force) ?? { late: 0, all: 0 };
    this.#arrived.set(force, arrived);
    arrived.all += 1;
    if (nowMs - Date.parse(occurredAt) > LATE_MS) arrived.late += 1;
  }

  /** Now, or within the last few ticks. */
  isArriving(force: Force): boolean {
    return this.#arriving.has(force) || isPast(this.#arrived.get(force));
  }

  tick(): void {
    const left = [...this.#arriving].map(([force, ticks]) => [force, ticks - 1] as const);
    this.#arriving = new Map(left.filter(([, ticks]) => ticks > 0));
    for (const [force, arrived] of this.#arrived)
      if (isPast(arrived)) this.#arriving.set(force, COOLS_DOWN_TICKS);
    this.#arrived = new Map();
  }
}

function isPast(arrived: Arrived | undefined): boolean {
  return arrived !== undefined && arrived.all >= MANY && arrived.late > arrived.all / 2;
}
