/** A command that only borrows the local services: started as a process of its own, so that a test can kill it. */
import { once } from 'node:events';
import { startLocalServices } from '../../server/local-services/local-services.ts';

const [, , dataDir = ''] = process.argv;

/** What it sends its parent, in this order. */
export type Borrowed =
  | { kind: 'report'; line: string }
  | { kind: 'ready'; databaseUrl: string; natsUrl: string }
  | { kind: 'refused'; name: string; line: string };

const tell = (message: Borrowed): void => void process.send?.(message);

try {
  const services = await startLocalServices(
    { databaseUrl: undefined, natsUrls: undefined, dataDir },
    (line) => {
      tell({ kind: 'report', line });
    },
  );
  tell({ kind: 'ready', databaseUrl: services.databaseUrl, natsUrl: services.natsUrls[0] ?? '' });
  await once(process, 'message');
  await services.stop();
} catch (error) {
  const { name, message } = error as Error;
  tell({ kind: 'refused', name, line: message });
}
process.disconnect();
