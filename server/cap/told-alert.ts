/** Writes what was told of an alert at one of its changes, as finely as a reader may see it. */
import type { Principal } from '../access/policy.ts';
import type { Config } from '../config.ts';
import { shownAlert } from '../gateway/shown.ts';
import { selectEarlierMessages, type ToldAlert } from '../store/alert-message-store.ts';
import type { Database } from '../store/database.ts';
import { capMessage, MOST_REFERENCES, type CapContext } from './cap-message.ts';

export type CapSetting = Pick<Config, 'capSender' | 'timeZone' | 'allowOrigins'>;

export async function toldAlert(
  database: Pick<Database, 'query'>,
  setting: CapSetting,
  { told, reader, addressee }: { told: ToldAlert; reader: Principal; addressee?: string },
): Promise<string> {
  const { id, revision } = told.alert;
  const earlier = await selectEarlierMessages(database, id, { revision, latest: MOST_REFERENCES });
  return capMessage(shownAlert(reader, told), { ...capContext(setting, addressee), earlier });
}

/** Of a message that refers to none. */
export function capContext(
  { capSender, timeZone, allowOrigins }: CapSetting,
  addressee?: string,
): CapContext {
  const isReal = [...allowOrigins].every((origin) => origin === 'live');
  return {
    ...{ sender: capSender, status: isReal ? 'Actual' : 'Exercise', timeZone, earlier: [] },
    ...(addressee !== undefined && { addressee }),
  };
}
