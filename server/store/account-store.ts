/** Accounts, tokens and sessions; of every secret only a hash. */
import type { AccessRole, Principal } from '../access/policy.ts';
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

export interface Account extends Principal {
  passwordArgon2id: string;
}

interface PrincipalRow {
  name: string;
  role: AccessRole;
  forces: Force[];
  cleared: boolean;
  organisation: string | null;
}

function principalOf({ name, role, forces, cleared, organisation }: PrincipalRow): Principal {
  return { name, role, forces, cleared, ...(organisation !== null && { organisation }) };
}

export async function saveAccount(database: Database, account: Account): Promise<void> {
  await database.query(
    `insert into accounts (user_name, password_argon2id, role, forces, cleared, organisation)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (user_name) do update set password_argon2id = excluded.password_argon2id,
       role = excluded.role, forces = excluded.forces, cleared = excluded.cleared,
       organisation = excluded.organisation`,
    [
      ...[account.name, account.passwordArgon2id, account.role, account.forces, account.cleared],
      account.organisation ?? null,
    ],
  );
}

/** Removes the account and ends its sessions; false where there was none. */
export async function removeAccount(database: Database, name: string): Promise<boolean> {
  await database.query('delete from sessions where user_name = $1', [name]);
  const { rowCount } = await database.query('delete from accounts where user_name = $1', [name]);
  return (rowCount ?? 0) > 0;
}

export async function selectAccount(database: Database, name: string): Promise<Account | undefined> {
  const { rows } = await database.query<PrincipalRow & { password_argon2id: string }>(
    'select user_name as name, role, forces, cleared, organisation, password_argon2id from accounts where user_name = $1',
    [name],
  );
  const [row] = rows;
  return row === undefined ? undefined : { ...principalOf(row), passwordArgon2id: row.password_argon2id };
}

export async function selectAccounts(database: Database): Promise<Principal[]> {
  const { rows } = await database.query<PrincipalRow>(
    'select user_name as name, role, forces, cleared, organisation from accounts order by user_name',
  );
  return rows.map(principalOf);
}

/** A token that stood under the same label is replaced. */
export async function saveToken(database: Database, sha256: Buffer, principal: Principal): Promise<void> {
  await database.query(
    `insert into access_tokens (token_sha256, label, role, forces, cleared, organisation)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (label) do update set token_sha256 = excluded.token_sha256,
       role = excluded.role, forces = excluded.forces, cleared = excluded.cleared,
       organisation = excluded.organisation`,
    [
      ...[sha256, principal.name, principal.role, principal.forces, principal.cleared],
      principal.organisation ?? null,
    ],
  );
}

export async function selectByToken(database: Database, sha256: Buffer): Promise<Principal | undefined> {
  const { rows } = await database.query<PrincipalRow>(
    'select label as name, role, forces, cleared, organisation from access_tokens where token_sha256 = $1',
    [sha256],
  );
  return rows[0] === undefined ? undefined : principalOf(rows[0]);
}

export async function saveSession(
  database: Database,
  sha256: Buffer,
  principal: Principal,
  hours: number,
): Promise<void> {
  await database.query('delete from sessions where expires_at < now()');
  await database.query(
    `insert into sessions (session_sha256, user_name, role, forces, cleared, organisation, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7))`,
    [
      ...[sha256, principal.name, principal.role, principal.forces, principal.cleared],
      ...[principal.organisation ?? null, hours],
    ],
  );
}

export async function selectBySession(database: Database, sha256: Buffer): Promise<Principal | undefined> {
  const { rows } = await database.query<PrincipalRow>(
    `select user_name as name, role, forces, cleared, organisation from sessions
     where session_sha256 = $1 and expires_at > now()`,
    [sha256],
  );
  return rows[0] === undefined ? undefined : principalOf(rows[0]);
}

export async function deleteSession(database: Database, sha256: Buffer): Promise<void> {
  await database.query('delete from sessions where session_sha256 = $1', [sha256]);
}
