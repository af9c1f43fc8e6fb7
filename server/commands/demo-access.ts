/** The demo's own accounts, made anew at each start, and the file that tells other commands of them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword, newToken, sha256 } from '../access/secrets.ts';
import { saveAccount, saveToken } from '../store/account-store.ts';
import type { Database } from '../store/database.ts';

const FILE = 'services.json';

export interface DemoAccess {
  user: string;
  password: string;
  wallToken: string;
}

/** An administrator, and a token for the wall. */
export async function demoAccess(database: Database): Promise<DemoAccess> {
  const user = 'demo';
  const password = randomBytes(9).toString('base64url');
  const wallToken = newToken();
  await saveAccount(database, {
    name: user,
    role: 'admin',
    forces: [],
    cleared: false,
    passwordArgon2id: await hashPassword(password),
  });
  await saveToken(database, sha256(wallToken), {
    name: 'demo wall',
    role: 'wall',
    forces: [],
    cleared: false,
  });
  return { user, password, wallToken };
}

export interface DemoServices extends DemoAccess {
  url: string;
  databaseUrl: string;
  natsUrls: string[];
}

/** Readable by its owner only, since it holds the password. */
export function writeServicesFile(dataDir: string, services: DemoServices): void {
  const { url, databaseUrl, natsUrls, user, password, wallToken } = services;
  const file = join(dataDir, FILE);
  mkdirSync(dataDir, { recursive: true });
  // A file that stands keeps its mode when written: it must never have been readable by others.
  rmSync(file, { force: true });
  const content = { url, databaseUrl, natsUrl: natsUrls.join(','), user, password, wallToken };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

export function removeServicesFile(dataDir: string): void {
  rmSync(join(dataDir, FILE), { force: true });
}
