/** Puts together what one reader may know of one hexagon. */
import { isSensitive } from '../../shared/category.ts';
import type { CellDetail, MutedFeed } from '../../shared/cell-detail.ts';
import { coarseCell, fineCells, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS, formatInstant, TimeZone } from '../../shared/time.ts';
import { ATTRIBUTED_DAYS } from '../../models/explanation/attribution.ts';
import { viewOf, visibleForces, type Principal } from '../access/policy.ts';
import { readingOf } from '../clock.ts';
import { forcesAt } from '../explanation/forces-at.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { coverageOf } from '../gateway/coverage.ts';
import type { Services } from '../services.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { selectNearbyIncidents, type NearbyIncident } from '../store/nearby-incidents.ts';
import { cellNeighbourhood } from './cell-neighbourhood.ts';
import { cellPatrol } from './cell-patrol.ts';
import { forecastsIssued, forecastsOfNow, keysOf } from './cell-forecasts.ts';
import { countIncidents, windowOf } from './count-incidents.ts';

/** A month's incidents stand at its beginning. */
const EARLIER_DAYS = 32;

interface Asked {
  cell: Cell;
  hours: number;
  /** Epoch milliseconds; undefined for now. */
  atMs: number | undefined;
}

/** The cell must be one that the principal may see. */
export async function cellDetail(
  services: Services,
  principal: Principal,
  { cell, hours, atMs }: Asked,
): Promise<CellDetail> {
  const { database, connection, clock, config } = services;
  const nowMs = atMs ?? clock.now();
  const around = coarseCell(cell);
  const coarse = around === cell;
  const withoutSensitive = !coarse && viewOf(principal) !== 'cleared';
  const keys = keysOf(principal, cell);
  const read = await readPast(services, principal, {
    cells: [...new Set([cell, ...keys.map((key) => key.cell)])],
    ...{ nowMs, knownByMs: atMs ?? Infinity },
  });
  const told = (read.get(cell) ?? []).filter((incident) => !withoutSensitive || !isSensitive(incident));
  const pastOf = (of: Cell): readonly NearbyIncident[] =>
    (of === cell ? told : (read.get(of) ?? [])).filter(({ status }) => status !== 'cancelled');
  const forces = await forcesAt(database, principal, { cell, nowMs });
  const { force, forecasts } =
    atMs === undefined
      ? await forecastsOfNow(connection, keys, { forces, pastOf })
      : await forecastsIssued(database, keys, { forces, pastOf, at: formatInstant(atMs) });
  // Where nobody tells of anything, no patrol is no news either.
  const patrol = await cellPatrol(database, {
    ...{ cell, coarse, forces: visibleForces(principal), nowMs, hours },
  });
  const counts = countIncidents(told, windowOf(nowMs, hours), new TimeZone(config.timeZone));
  return {
    ...{ cell, coarse, around, at: formatInstant(nowMs), force },
    counts: { ...counts, withoutSensitive },
    forecasts,
    ...(atMs === undefined
      ? await coverageAt(services, principal, force ?? forces[0], around)
      : { data: null, muted: [] }),
    patrol: forces.length === 0 && patrol?.minutes === 0 ? null : patrol,
    neighbourhood: await cellNeighbourhood(database, cell),
  };
}

type Read = Awaited<ReturnType<typeof selectNearbyIncidents>>;

/** Of each of the cells what happened in a year, as known then. */
async function readPast(
  { database }: Services,
  principal: Principal,
  { cells, nowMs, knownByMs }: { cells: readonly Cell[]; nowMs: number; knownByMs: number },
): Promise<Map<Cell, Read>> {
  const fromMs = nowMs - (ATTRIBUTED_DAYS + EARLIER_DAYS) * DAY_MS;
  const read = cells.map(async (cell): Promise<[Cell, Read]> => {
    const incidents = await selectNearbyIncidents(database, {
      forces: visibleForces(principal),
      cells: coarseCell(cell) === cell ? fineCells(cell) : [cell],
      ...{ fromMs, knownByMs, onlyReported: false, withCancelled: true },
    });
    return [cell, incidents];
  });
  return new Map(await Promise.all(read));
}

/** What the feeds that tell of the place are worth; without a force, none tells of it. */
async function coverageAt(
  { database, clock, gateway }: Services,
  principal: Principal,
  force: Force | undefined,
  around: Cell,
): Promise<Pick<CellDetail, 'data' | 'muted'>> {
  if (gateway.picture === undefined) return { data: null, muted: [] };
  const reading = readingOf(clock);
  const feeds = (await selectFeeds(database)).map((account) => feedStateOf(account, reading));
  const coverage = coverageOf(gateway.picture, { principal, nowMs: reading.nowMs, feeds });
  const own = coverage.forces.find((row) => row.force === force);
  const muted = (own?.feeds ?? []).flatMap(({ agency, feed, condition, knownUntil, cells }): MutedFeed[] =>
    condition === 'live' || cells?.includes(around) !== true ? [] : [{ agency, feed, condition, knownUntil }],
  );
  return { data: own?.data ?? 'none', muted };
}
