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

/** Puts the program at `target`. Throws an `Error` with the reason, and then leaves nothing there. */
export async function downloadNats(target: string): Promise<void> {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const expected = SHA256[platform];
  if (expected === undefined) throw new Error(`no release is pinned for ${platform}`);
  const name = `nats-server-v${NATS_RELEASE}-${platform}`;
  const archive = await fetchArchive(
    `https://github.com/nats-io/nats-server/releases/download/v${NATS_RELEASE}/${name}.tar.gz`,
  );
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) throw new Error(`its SHA-256 is ${actual}, not ${expected}`);

  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}-`);
  try {
    writeFileSync(join(folder, 'archive.tar.gz'), archive);
    const unpacked = await runTool('tar', ['-xzf', join(folder, 'archive.tar.gz'), '-C', folder], 60_000);
    if (unpacked.kind !== 'done') throw new Error('tar could not unpack it');
    chmodSync(join(folder, name, 'nats-server'), 0o755);
    renameSync(join(folder, name, 'nats-server'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
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
