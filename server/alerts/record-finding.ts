/** Records what has been found as an alert: how urgent it is, and whether anybody knows that it is over. */
import { harmOf } from '../../shared/harm.ts';
import { belongsTo, type Theme } from '../../shared/theme.ts';
import { parseInstant } from '../../shared/time.ts';
import { readingOf, type Clock } from '../clock.ts';
import { selectOpenAlerts } from '../store/alert-store.ts';
import { selectClusterIncidents, type ClusterIncidents } from '../store/cluster-incidents.ts';
import type { Database } from '../store/database.ts';
import { isUntold } from './feed-silence.ts';
import type { Pending } from './pending.ts';
import { urgencyOf, type Gravity, type UrgencyRanks } from './priority.ts';
import { raiseAlert, refreshAlert } from './raise-alert.ts';

export interface Recorded {
  /** Names the alert it was recorded in. */
  place: string;
  /** False where somebody has decided about the alert of this place, so that nothing was recorded. */
  stands: boolean;
  /** Whether it holds no longer, as far as anybody knows: a feed that tells of the place is silent. */
  isUnknown: boolean;
}

export async function recordFinding(
  { database, clock }: { database: Database; clock: Clock },
  pending: Pending,
  ranks: UrgencyRanks,
): Promise<Recorded> {
  const { raises, nowMs, ...found } = pending;
  const isUnknown =
    pending.finding.over === true && (await isUntold(database, pending.finding.cells, readingOf(clock)));
  const finding = isUnknown ? { ...pending.finding, over: null } : pending.finding;
  const priority = found.priority ?? ranks.priorityOf(pending.place, await urgencyNow(database, pending));
  const place = raises ? await standingPlace(database, pending) : pending.place;
  const complete = { ...found, place, finding, priority };
  const alert = raises
    ? await raiseAlert(database, complete, nowMs)
    : await refreshAlert(database, complete, nowMs);
  return { place, stands: alert !== undefined, isUnknown };
}

/**
 * Where an alert is open that tells of these cells, it is that one: another forecaster may have raised it, or one that has
 * forgotten it.
 */
async function standingPlace(
  database: Database,
  { force, place, finding, sensitive }: Pending,
): Promise<string> {
  if (finding.kind !== 'emerging') return place;
  const open = await selectOpenAlerts(database, force);
  const standing = open.find(
    (kept) =>
      kept.alert.finding.kind === 'emerging' &&
      kept.sensitive === sensitive &&
      kept.alert.finding.cells.some((cell) => finding.cells.includes(cell)),
  );
  return standing?.place ?? place;
}

async function urgencyNow(database: Database, { finding, force }: Pending): Promise<number> {
  const [fromMs, toMs] = [parseInstant(finding.window.from) ?? 0, parseInstant(finding.window.to) ?? 0];
  const incidents = await selectClusterIncidents(database, { cells: finding.cells, force, fromMs, toMs });
  const { theme, onceInDays } = finding;
  return urgencyOf(onceInDays ?? 0, gravityOf(theme, incidents));
}

function gravityOf(theme: Theme, incidents: readonly ClusterIncidents[]): Gravity {
  const own = incidents.filter((incident) => belongsTo(theme, incident));
  const harm = own.reduce((sum, { category }) => sum + harmOf({ category, discovery: 'reported' }), 0);
  return {
    harmDays: harm / Math.max(1, own.length),
    severity: Math.max(0, ...own.map(({ severity }) => severity)),
  };
}
