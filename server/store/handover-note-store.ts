/** Notes of handovers: kept with who and when, and nothing that was written is ever overwritten. */
import type { HandoverNote, NewHandoverNote } from '../../shared/handover.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant } from '../../shared/time.ts';
import { inTransaction, type Database } from './database.ts';

export interface Writer {
  name: string;
  role: string;
  atMs: number;
}

interface Row {
  id: number;
  force: Force;
  span_from: Date;
  span_to: Date;
  version: number;
  body: string;
  written_by: string;
  written_role: string;
  written_at: Date;
  by_name: string;
  at: Date;
}

const NOTES = `
  select n.id, n.force, n.span_from, n.span_to, last.version, last.body, last.by_name, last.at,
    first.by_name as written_by, first.by_role as written_role, first.at as written_at
  from handover_notes n
  join handover_note_versions first on first.note = n.id and first.version = 1
  join lateral (
    select * from handover_note_versions v where v.note = n.id order by v.version desc limit 1
  ) last on true`;

function noteOf(row: Row): HandoverNote {
  const isChanged = row.version > 1;
  return {
    id: String(row.id),
    force: row.force,
    from: formatInstant(row.span_from.getTime()),
    to: formatInstant(row.span_to.getTime()),
    version: row.version,
    text: row.body,
    by: row.written_by,
    role: row.written_role,
    writtenAt: formatInstant(row.written_at.getTime()),
    changedBy: isChanged ? row.by_name : null,
    changedAt: isChanged ? formatInstant(row.at.getTime()) : null,
  };
}

const ADD_VERSION = `insert into handover_note_versions (note, version, at, by_name, by_role, body)
  values ($1, $2, $3, $4, $5, $6)`;

export function insertNote(
  database: Database,
  { force, from, to, text }: NewHandoverNote,
  { name, role, atMs }: Writer,
): Promise<HandoverNote> {
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{ id: number }>(
      'insert into handover_notes (force, span_from, span_to) values ($1, $2, $3) returning id',
      [force, from, to],
    );
    const id = rows[0]?.id;
    await transaction.query(ADD_VERSION, [id, 1, new Date(atMs), name, role, text]);
    const { rows: written } = await transaction.query<Row>(`${NOTES} where n.id = $1`, [id]);
    const [row] = written;
    if (row === undefined) throw new Error('an insert returned no row');
    return noteOf(row);
  });
}

export type NoteChange = { note: HandoverNote } | { missing: true } | { conflict: string };

/** Adds a version; of two who change the same one comes first. `mayChange` decides: where it says no, there is none. */
export function changeNote(
  database: Database,
  { id, expectedVersion, text }: { id: string; expectedVersion: number; text: string },
  { name, role, atMs }: Writer,
  mayChange: (note: HandoverNote) => boolean,
): Promise<NoteChange> {
  // What no database could have as an id is not there.
  if (!/^[0-9]{1,18}$/.test(id)) return Promise.resolve({ missing: true });
  return inTransaction(database, async (transaction) => {
    await transaction.query('select from handover_notes where id = $1 for update', [id]);
    const read = async (): Promise<HandoverNote | undefined> => {
      const { rows } = await transaction.query<Row>(`${NOTES} where n.id = $1`, [id]);
      return rows[0] && noteOf(rows[0]);
    };
    const before = await read();
    if (before === undefined || !mayChange(before)) return { missing: true };
    if (before.version !== expectedVersion)
      return { conflict: `the note has been changed meanwhile: it is at version ${before.version}` };
    await transaction.query(ADD_VERSION, [id, before.version + 1, new Date(atMs), name, role, text]);
    const after = await read();
    return after === undefined ? { missing: true } : { note: after };
  });
}

/** Those of the force that touch the span, in the order in which they were written. */
export async function selectNotes(
  database: Pick<Database, 'query'>,
  { force, fromMs, toMs }: { force: Force; fromMs: number; toMs: number },
): Promise<HandoverNote[]> {
  const { rows } = await database.query<Row>(
    `${NOTES} where n.force = $1 and n.span_to > $2 and n.span_from < $3 order by n.id limit 500`,
    [force, new Date(fromMs), new Date(toMs)],
  );
  return rows.map(noteOf);
}
