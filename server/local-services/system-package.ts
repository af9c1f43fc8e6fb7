/** Installs a package with whichever package manager the machine has. */
import { runTool, type ToolResult } from './run-tool.ts';

const LIMIT_MS = 240_000;

interface PackageManager {
  command: string;
  /** Brings the lists of packages up to date, where the manager does not do so by itself. */
  refresh?: string[];
  install: string[];
  needsRoot: boolean;
}

const PACKAGE_MANAGERS: PackageManager[] = [
  {
    command: 'apt-get',
    refresh: ['update', '-qq'],
    install: ['install', '-y', '-qq', '--no-install-recommends'],
    needsRoot: true,
  },
  { command: 'dnf', install: ['install', '-y', '-q'], needsRoot: true },
  { command: 'apk', install: ['add', '--no-cache', '--quiet'], needsRoot: true },
  { command: 'pacman', install: ['-Sy', '--noconfirm', '--needed'], needsRoot: true },
  { command: 'zypper', install: ['--non-interactive', '--quiet', 'install'], needsRoot: true },
  { command: 'brew', install: ['install', '--quiet'], needsRoot: false },
];

/**
 * Installs `name` with the first package manager there is. Returns undefined when that worked, else
 * why it did not. Managers that need root are left alone by an ordinary user.
 */
export async function installPackage(
  name: string,
  report: (line: string) => void,
): Promise<string | undefined> {
  const isRoot = process.getuid?.() === 0;
  for (const manager of PACKAGE_MANAGERS) {
    const { command, refresh, install, needsRoot } = manager;
    if (needsRoot !== isRoot || !(await exists(command))) continue;
    report(`${name} is not installed: installing it with ${command}`);
    // A stale list may still do: only the installation's own outcome counts.
    if (refresh !== undefined) await runTool(command, refresh, LIMIT_MS);
    const result = await runTool(command, [...install, name], LIMIT_MS);
    return result.kind === 'done' ? undefined : `${command}: ${reason(result)}`;
  }
  return 'no package manager to ask';
}

async function exists(command: string): Promise<boolean> {
  return (await runTool(command, ['--version'], 30_000)).kind !== 'absent';
}

function reason(result: ToolResult): string {
  return result.kind === 'failed' ? result.reason : result.kind;
}
