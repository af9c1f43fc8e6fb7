/** `npm run account`: accounts, wall tokens and API keys from the shell. */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { FORCES_AND_UNASSIGNED, type Force } from '../../shared/force.ts';
import { ACCESS_ROLES, type AccessRole, type Principal } from '../access/policy.ts';
import { hashPassword, newToken, sha256 } from '../access/secrets.ts';
import { readConfig } from '../config.ts';
import { removeAccount, saveAccount, saveToken, selectAccounts } from '../store/account-store.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { report, runCommand, UsageError } from './run-command.ts';
import { runningDatabaseUrl } from './running-services.ts';

const USAGE = `npm run account -- add NAME --role ROLE [--forces a,b] [--cleared] [--organisation SLUG] [--password-stdin]
       npm run account -- token LABEL --role ROLE [--forces a,b] [--cleared] [--organisation SLUG]
       npm run account -- remove NAME
       npm run account -- list
  roles: ${ACCESS_ROLES.join(', ')}; without --forces every force; a partner's account sees
  the actions given to its organisation, or where none is named to its own name`;

void runCommand(USAGE, async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      forces: { type: 'string' },
      cleared: { type: 'boolean' },
      organisation: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    },
  });
  const [act, name] = positionals;
  const url = runningDatabaseUrl(readConfig());
  await migrate(url);
  const database = openDatabase({ url, name: 'account', connections: 1 });
  try {
    if (act === 'list') await list(database);
    else if (name === undefined || positionals.length > 2)
      throw new UsageError('say what to do, and with which name');
    else if (act === 'remove') await remove(database, name);
    else if (act === 'add') {
      const password =
        values['password-stdin'] === true ? await readPassword() : randomBytes(12).toString('base64url');
      await saveAccount(database, {
        ...principal(name, values),
        passwordArgon2id: await hashPassword(password),
      });
      report(
        values['password-stdin'] === true ? `${name} is saved` : `${name} is saved; password: ${password}`,
      );
    } else if (act === 'token') {
      const token = newToken();
      await saveToken(database, sha256(token), principal(name, values));
      report(`${name} is saved; token (shown only now): ${token}`);
    } else throw new UsageError(`there is no "${act ?? ''}"`);
  } finally {
    await database.end();
  }
});

interface Options {
  role?: string | undefined;
  forces?: string | undefined;
  cleared?: boolean | undefined;
  organisation?: string | undefined;
}

function principal(name: string, { role, forces, cleared, organisation }: Options): Principal {
  if (organisation !== undefined && !/^[a-z0-9][a-z0-9-]{0,63}$/.test(organisation))
    throw new UsageError('an organisation is named by small letters, digits and hyphens');
  return {
    name,
    role: oneOf<AccessRole>('role', role ?? '', ACCESS_ROLES),
    forces:
      forces === undefined
        ? []
        : forces.split(',').map((force) => oneOf<Force>('force', force, FORCES_AND_UNASSIGNED)),
    cleared: cleared === true,
    ...(organisation !== undefined && { organisation }),
  };
}

function oneOf<Word extends string>(what: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`"${text}" is no ${what}`);
  return found;
}

async function list(database: Database): Promise<void> {
  for (const { name, role, forces, cleared } of await selectAccounts(database)) {
    report(
      `${name}  ${role}  ${forces.length === 0 ? 'every force' : forces.join(',')}${cleared ? '  cleared' : ''}`,
    );
  }
}

async function remove(database: Database, name: string): Promise<void> {
  report((await removeAccount(database, name)) ? `${name} is removed` : `there is no account ${name}`);
}

async function readPassword(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new UsageError('no password came on standard input');
}
