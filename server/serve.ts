/** Runs one Forewatch process: its stages and its HTTP server, until it is stopped. */
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { checkArchive } from './basemap/check-archive.ts';
import type { Config } from './config.ts';
import type { GatewayPace } from './gateway/live-gateway.ts';
import { startPipeline } from './pipeline.ts';
import { portError } from './port.ts';
import { openServices, type Addresses, type Services } from './services.ts';

export interface RunningServer {
  url: string;
  services: Services;
  /** Drains: batches in hand commit, sockets are told to come back elsewhere, then everything closes. */
  stop(): Promise<void>;
}

/**
 * The database must be migrated. Throws `PortTaken`, `ConfigError` where the basemap is unusable, or what
 * keeps the database or NATS from being reached.
 */
export async function serve(
  config: Config,
  addresses: Addresses,
  pace: Partial<GatewayPace> = {},
): Promise<RunningServer> {
  if (config.basemapFile !== undefined && config.roles.has('gateway')) await checkArchive(config.basemapFile);
  const services = await openServices(config, addresses, pace);
  try {
    const app = await createApp(services);
    const pipeline = startPipeline(services);
    const stop = async (): Promise<void> => {
      await pipeline.stop();
      await app.close();
      await services.close();
    };
    let stopping: Promise<void> | undefined;
    try {
      await app.listen({ port: config.port, host: config.host });
    } catch (cause) {
      await pipeline.stop();
      await app.close();
      throw portError(cause, config);
    }
    const { port } = app.server.address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    return { url: `http://${host}:${port}`, services, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await services.close();
    throw error;
  }
}
