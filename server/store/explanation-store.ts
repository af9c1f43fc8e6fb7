/** Why the hotspots of an issued forecast were what they were: kept with it, for as long. */
import type { Cell } from '../../shared/cell.ts';
import type { Theme } from '../../shared/theme.ts';
import { KERNEL_NAMES } from '../../models/features/feature-vector.ts';
import type { Database, Transaction } from './database.ts';

export interface IssuedExplanations {
  emptyCell: number;
  meanCell: number;
  weightedHours: number;
  knownDays: number;
  fittedOn: Theme;
  perIncident: readonly number[];
  /** Each with its decayed counts, in the order of the model's kernels. */
  hotspots: readonly { cell: Cell; decayed: readonly number[] }[];
}

export async function insertExplanations(
  transaction: Transaction,
  forecast: number,
  { hotspots, ...common }: IssuedExplanations,
): Promise<void> {
  await transaction.query(
    `insert into forecast_explanations
       (forecast, fitted_on, mean_cell, empty_cell, weighted_hours, known_days, kernels, per_incident, cells, decayed)
     select $1, $2, $3, $4, $5, $6, $7, $8,
       array(select ('x' || lpad(cell, 16, '0'))::bit(64)::bigint
         from unnest($9::text[]) with ordinality as given (cell, position) order by position),
       $10`,
    [
      forecast, common.fittedOn, common.meanCell, common.emptyCell, common.weightedHours, common.knownDays, KERNEL_NAMES,
      common.perIncident, hotspots.map(({ cell }) => cell), hotspots.flatMap(({ decayed }) => decayed),
    ],
  ); // prettier-ignore
}

/** Of one hotspot; `undefined` where the cell was none, or the issue was made for other kernels. */
export async function selectExplanation(
  database: Pick<Database, 'query'>,
  forecast: number,
  cell: Cell,
): Promise<(Omit<IssuedExplanations, 'hotspots'> & { decayed: number[] }) | undefined> {
  const { rows } = await database.query<{
    fitted_on: Theme;
    mean_cell: number;
    empty_cell: number;
    weighted_hours: number;
    known_days: number;
    per_incident: number[];
    decayed: number[];
  }>(
    `select fitted_on, mean_cell, empty_cell, weighted_hours, known_days, per_incident,
       decayed[(place - 1) * cardinality(kernels) + 1 : place * cardinality(kernels)] as decayed
     from forecast_explanations,
       array_position(cells, ('x' || lpad($2, 16, '0'))::bit(64)::bigint) as place
     where forecast = $1 and place is not null and kernels = $3`,
    [forecast, cell, KERNEL_NAMES],
  );
  const [row] = rows;
  return (
    row && {
      fittedOn: row.fitted_on,
      meanCell: row.mean_cell,
      emptyCell: row.empty_cell,
      weightedHours: row.weighted_hours,
      knownDays: row.known_days,
      perIncident: row.per_incident,
      decayed: row.decayed,
    }
  );
}
