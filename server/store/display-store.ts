/** The named displays: what each of a control room's screens shows, and who changed it last. */
import type { Display, NamedDisplay } from '../../shared/display.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Database } from './database.ts';

interface DisplayRow {
  name: string;
  version: number;
  display: Display;
  changed_at: Date;
}

function namedDisplay({ name, version, display, changed_at }: DisplayRow): NamedDisplay {
  return { name, version, changedAt: formatInstant(changed_at.getTime()), display };
}

export async function selectDisplays(database: Database): Promise<NamedDisplay[]> {
  const { rows } = await database.query<DisplayRow>(
    'select name, version, display, changed_at from displays order by name',
  );
  return rows.map(namedDisplay);
}

export async function selectDisplay(database: Database, name: string): Promise<NamedDisplay | undefined> {
  const { rows } = await database.query<DisplayRow>(
    'select name, version, display, changed_at from displays where name = $1',
    [name],
  );
  return rows[0] === undefined ? undefined : namedDisplay(rows[0]);
}

/** Makes it, or puts it in the place of the one of that name. */
export async function saveDisplay(
  database: Database,
  { name, display, changedBy }: { name: string; display: Display; changedBy: string },
): Promise<NamedDisplay> {
  const { rows } = await database.query<DisplayRow>(
    `insert into displays (name, version, display, changed_by) values ($1, 1, $2, $3)
     on conflict (name) do update set version = displays.version + 1, display = excluded.display,
       changed_at = now(), changed_by = excluded.changed_by
     returning name, version, display, changed_at`,
    [name, JSON.stringify(display), changedBy],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an upsert returned no row');
  return namedDisplay(row);
}

/** False where there was none. */
export async function deleteDisplay(database: Database, name: string): Promise<boolean> {
  const { rowCount } = await database.query('delete from displays where name = $1', [name]);
  return (rowCount ?? 0) > 0;
}
