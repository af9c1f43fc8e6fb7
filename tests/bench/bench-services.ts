/** A database and a nats-server for one benchmark: fresh, local, gone afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalServices } from '../../server/local-services/local-services.ts';
import { migrate } from '../../server/store/migrate.ts';

export interface BenchServices {
  databaseUrl: string;
  natsUrls: string[];
  dataDir: string;
  dispose(): Promise<void>;
}

export async function benchServices(report: (line: string) => void): Promise<BenchServices> {
  const dataDir = mkdtempSync(join(tmpdir(), 'forewatch-bench-'));
  chmodSync(dataDir, 0o755);
  const local = await startLocalServices({ databaseUrl: undefined, natsUrls: undefined, dataDir }, report);
  await migrate(local.databaseUrl);
  return {
    ...local,
    dataDir,
    dispose: async () => {
      await local.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
