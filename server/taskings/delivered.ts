/** What of its dose a tasked hotspot has had, from the pings of any unit of its force. */
import { finenessOf, fineCells, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { Delivered } from '../../shared/tasking.ts';
import { DAY_MS, formatInstant, parseInstant } from '../../shared/time.ts';
import { doseAccount } from '../../models/patrols/dose-account.ts';
import type { Database } from '../store/database.ts';
import { hasPings } from '../store/patrol-store.ts';
import { selectStretches } from '../store/presence-store.ts';
import type { KeptTasking } from '../store/tasking-store.ts';

type Dosed = Pick<KeptTasking, 'force' | 'cell' | 'taskedAt' | 'doseMinutes' | 'everyMinutes' | 'ended'>;

/** One for each tasking, in their order; of an ended one what it came to. */
export async function deliveredOf(
  database: Pick<Database, 'query'>,
  taskings: readonly Dosed[],
  nowMs: number,
): Promise<Delivered[]> {
  const open = taskings.filter(({ ended }) => ended === null);
  const byForce = new Map<Force, ReturnType<typeof presenceIn>>();
  for (const [force, own] of Map.groupBy(open, (tasking) => tasking.force))
    byForce.set(force, presenceIn(database, force, own, nowMs));
  return Promise.all(
    taskings.map(async (tasking) => {
      if (tasking.ended !== null) return tasking.ended;
      return deliveredTo(tasking, await byForce.get(tasking.force), nowMs);
    }),
  );
}

type Presence = Awaited<ReturnType<typeof presenceIn>>;

/** `undefined` where no unit of the force tells where it is. */
async function presenceIn(
  database: Pick<Database, 'query'>,
  force: Force,
  taskings: readonly Dosed[],
  nowMs: number,
): Promise<Awaited<ReturnType<typeof selectStretches>> | undefined> {
  if (!(await hasPings(database, [force]))) return undefined;
  const cells = [...new Set(taskings.flatMap(({ cell }) => cellsOf(cell)))];
  const fromMs = Math.max(
    nowMs - DAY_MS,
    Math.min(...taskings.map(({ taskedAt }) => parseInstant(taskedAt) ?? nowMs)),
  );
  return selectStretches(database, { force, cells, fromMs });
}

function deliveredTo(tasking: Dosed, presence: Presence | undefined, nowMs: number): Delivered {
  const { cell, doseMinutes, everyMinutes, taskedAt } = tasking;
  if (presence === undefined) {
    return {
      ...{ state: 'unknown', minutes: null, required: doseMinutes, totalMinutes: null },
      ...{ lastVisitAt: null, dueAt: null },
    };
  }
  const stretches = cellsOf(cell).flatMap((one) => presence.get(one) ?? []);
  const account = doseAccount(stretches, {
    ...{ doseMinutes, everyMinutes, fromMs: parseInstant(taskedAt) ?? nowMs, nowMs },
  });
  return {
    state: account.state,
    minutes: toTenths(account.minutes),
    required: doseMinutes,
    totalMinutes: toTenths(account.totalMinutes),
    lastVisitAt: account.lastVisitMs === null ? null : formatInstant(account.lastVisitMs),
    dueAt: formatInstant(account.dueMs),
  };
}

function cellsOf(cell: Cell): Cell[] {
  return finenessOf(cell) === 'coarse' ? fineCells(cell) : [cell];
}

/** Down, so that what is shown never says a dose is full that is not. */
function toTenths(minutes: number): number {
  return Math.floor(minutes * 10 + 1e-6) / 10;
}
