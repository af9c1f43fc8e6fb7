/** Whom PostgreSQL runs as: it refuses to run as root, so root lends it an account of its own. */
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { LocalServiceError } from './local-service-error.ts';

const ACCOUNT = 'postgres';

export interface PostgresAccount {
  /** How a program of PostgreSQL's is to be started under the account. */
  runs(command: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number };
  /** Gives a file or an empty folder to the account. */
  owns(path: string): void;
}

/**
 * The account to run PostgreSQL under, able to reach all of `paths`.
 * Throws `LocalServiceError` where root has none to lend.
 */
export function postgresAccount(paths: string[]): PostgresAccount {
  if (process.getuid?.() !== 0)
    return { runs: (command, args) => ({ command, args }), owns: () => undefined };
  const [uid, gid] = accountIds();
  const ways: PostgresAccount['runs'][] = [
    (command, args) => ({ command, args, uid, gid }),
    // The account can't enter /root. Where root's files are, it gets the one capability that lets it.
    withCapability(uid, gid, 'dac_read_search'),
    withCapability(uid, gid, 'dac_override'),
  ];
  const runs = ways.find((way) => paths.every((path) => reaches(way, path)));
  if (runs === undefined) {
    throw new LocalServiceError(
      `PostgreSQL does not run as root, and its account "${ACCOUNT}" can't enter ${paths.join(' or ')}: ` +
        'run Forewatch as an ordinary user, move the folder, or set DATABASE_URL',
    );
  }
  return {
    runs,
    owns: (path) => {
      chownSync(path, uid, gid);
    },
  };
}

function withCapability(uid: number, gid: number, capability: string): PostgresAccount['runs'] {
  return (command, args) => ({
    command: 'setpriv',
    args: [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      // access(2), by which PostgreSQL finds its own programs, would leave the capability out of account.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
      '--',
      command,
      ...args,
    ],
  });
}

function reaches(way: PostgresAccount['runs'], path: string): boolean {
  const { command, args, ...account } = way('/bin/sh', ['-c', 'test -x "$0"', path]);
  return spawnSync(command, args, { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function accountIds(): [uid: number, gid: number] {
  const known = idsOf(ACCOUNT);
  if (known !== undefined) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT], { stdio: 'ignore' });
  const made = idsOf(ACCOUNT);
  if (made !== undefined) return made;
  throw new LocalServiceError(
    `PostgreSQL does not run as root, and no account "${ACCOUNT}" could be added for it: ` +
      'add one, run Forewatch as an ordinary user, or set DATABASE_URL',
  );
}

function idsOf(name: string): [uid: number, gid: number] | undefined {
  const [uid, gid] = ['-u', '-g'].map((which) => spawnSync('id', [which, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return [Number(uid.stdout), Number(gid.stdout)];
}
