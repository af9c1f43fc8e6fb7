/** Hold-outs as they were drawn: which hotspots of a force and theme are left alone, in which span. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { HeldOutCell } from '../../shared/tasking.ts';
import type { Theme } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import type { DrawnCell } from '../../models/patrols/hold-out.ts';
import type { Database, Transaction } from './database.ts';

export interface HoldOut {
  force: Force;
  theme: Theme;
  fromMs: number;
  toMs: number;
  seed: number;
  oneIn: number;
  drawnBy: string;
}

export interface KeptHoldOut extends HoldOut {
  id: string;
}

/** Any number that nothing else locks: two draws at once would overlap. */
const DRAW_LOCK = 7_031_848;

/** False where another of the same force and theme lies in the span. */
export async function insertHoldOut(
  transaction: Transaction,
  holdOut: HoldOut,
  cells: readonly DrawnCell[],
): Promise<KeptHoldOut | undefined> {
  const { force, theme, fromMs, toMs, seed, oneIn, drawnBy } = holdOut;
  await transaction.query('select pg_advisory_xact_lock($1)', [DRAW_LOCK]);
  const { rows } = await transaction.query<{ id: number }>(
    `insert into hold_outs (force, theme, starts_at, ends_at, seed, one_in, drawn_by)
     select $1::text, $2::text, $3::timestamptz, $4::timestamptz, $5::integer, $6::smallint, $7::text
     where not exists (select from hold_outs where force = $1 and theme = $2 and starts_at < $4 and ends_at > $3)
     returning id`,
    [force, theme, new Date(fromMs), new Date(toMs), seed, oneIn, drawnBy],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  await transaction.query(
    `insert into hold_out_cells (hold_out, cell, stratum, expected_per_day, held_out)
     select $1, ('x' || lpad(cell, 16, '0'))::bit(64)::bigint, stratum, expected, held
     from unnest($2::text[], $3::smallint[], $4::double precision[], $5::boolean[])
       as given (cell, stratum, expected, held)`,
    [
      row.id,
      cells.map(({ cell }) => cell),
      cells.map(({ stratum }) => stratum),
      cells.map(({ expectedPerDay }) => expectedPerDay),
      cells.map(({ heldOut }) => heldOut),
    ],
  );
  return { ...holdOut, id: String(row.id) };
}

interface HoldOutRow {
  id: number;
  force: Force;
  theme: Theme;
  starts_at: Date;
  ends_at: Date;
  seed: number;
  one_in: number;
  drawn_by: string;
}

/** Of these forces, newest first. */
export async function selectHoldOuts(
  database: Pick<Database, 'query'>,
  forces: readonly Force[],
): Promise<KeptHoldOut[]> {
  const { rows } = await database.query<HoldOutRow>(
    `select id, force, theme, starts_at, ends_at, seed, one_in, drawn_by from hold_outs
     where force = any($1) order by starts_at desc, id desc limit 100`,
    [forces],
  );
  return rows.map(({ id, force, theme, starts_at, ends_at, seed, one_in, drawn_by }) => ({
    ...{ id: String(id), force, theme, seed, oneIn: one_in, drawnBy: drawn_by },
    ...{ fromMs: starts_at.getTime(), toMs: ends_at.getTime() },
  }));
}

export async function selectHoldOutCells(
  database: Pick<Database, 'query'>,
  id: string,
): Promise<DrawnCell[]> {
  const { rows } = await database.query<{
    cell: Cell;
    stratum: number;
    expected_per_day: number;
    held_out: boolean;
  }>(
    `select to_hex(cell) as cell, stratum, expected_per_day, held_out from hold_out_cells
     where hold_out = $1 order by stratum, expected_per_day desc, cell`,
    [id],
  );
  return rows.map(({ cell, stratum, expected_per_day, held_out }) => ({
    ...{ cell, stratum, expectedPerDay: expected_per_day, heldOut: held_out },
  }));
}

/** The hotspots that are held out at that time. */
export async function selectHeldOut(
  database: Pick<Database, 'query'>,
  { forces, atMs }: { forces: readonly Force[]; atMs: number },
): Promise<HeldOutCell[]> {
  const { rows } = await database.query<{ force: Force; theme: Theme; cell: Cell; ends_at: Date }>(
    `select h.force, h.theme, to_hex(c.cell) as cell, h.ends_at from hold_outs h join hold_out_cells c on c.hold_out = h.id
     where h.force = any($1) and h.starts_at <= $2 and h.ends_at > $2 and c.held_out order by h.force, c.cell`,
    [forces, new Date(atMs)],
  );
  return rows.map(({ force, theme, cell, ends_at }) => ({
    ...{ force, theme, cell, until: formatInstant(ends_at.getTime()) },
  }));
}
