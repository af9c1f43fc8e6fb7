/** Downloads a nats-server release whose content is known beforehand. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from './run-tool.ts';

export const NATS_RELEASE = '2.12.15';

/** SHA-256 of the archives, by platform; as NATS's own container images pin them. */
const SHA256: Record<string, string> = {
  'linux-amd64': '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e',
  'linux-arm64': 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
};

export interface Release {
  address: string;
  sha256: string;
  /** The folder that the archive unpacks to; the program lies in it. */
  folder: string;
}

/** The release for this machine. Throws an `Error` where none is pinned. */
export function pinnedRelease(): Release {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const sha256 = SHA256[platform];
  if (sha256 === undefined) throw new Error(`no release is pinned for ${platform}`);
  const folder = `nats-server-v${NATS_RELEASE}-${platform}`;
  const address = `https://github.com/nats-io/nats-server/releases/download/v${NATS_RELEASE}/${folder}.tar.gz`;
  return { address, sha256, folder };
}

/** Puts the program at `target`. Throws an `Error` with the reason, and then leaves nothing there. */
export async function downloadNats(target: string, release = pinnedRelease()): Promise<void> {
  const archive = await fetchArchive(release.address);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  if (sha256 !== release.sha256) throw new Error(`its SHA-256 is ${sha256}, not ${release.sha256}`);

  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}-`);
  try {
    writeFileSync(join(draft, 'archive.tar.gz'), archive);
    const unpacked = await runTool('tar', ['-xzf', join(draft, 'archive.tar.gz'), '-C', draft], 60_000);
    if (unpacked.kind !== 'done') throw new Error('tar could not unpack it');
    const program = join(draft, release.folder, 'nats-server');
    chmodSync(program, 0o755);
    renameSync(program, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function fetchArchive(address: string): Promise<Buffer> {
  let response: Response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(120_000) });
  } catch (error) {
    // fetch says only "fetch failed"; its cause says why.
    const { cause } = error as Error;
    throw new Error(cause instanceof Error ? cause.message : (error as Error).message, { cause: error });
  }
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}
