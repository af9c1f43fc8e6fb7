/** Every word the client shows, in English: the parts put together. */
import { alerts } from './en/alerts.ts';
import { cell } from './en/cell.ts';
import { controls } from './en/controls.ts';
import { connection } from './en/connection.ts';
import { desk } from './en/desk.ts';
import { displays } from './en/displays.ts';
import { feeds } from './en/feeds.ts';
import { handover } from './en/handover.ts';
import { heat } from './en/heat.ts';
import { hotspots } from './en/hotspots.ts';
import { incidents } from './en/incidents.ts';
import { keys } from './en/keys.ts';
import { lookingBack } from './en/looking-back.ts';
import { map } from './en/map.ts';
import { names } from './en/names.ts';
import { national } from './en/national.ts';
import { partners } from './en/partners.ts';
import { patrols } from './en/patrols.ts';
import { replay } from './en/replay.ts';
import { rules } from './en/rules.ts';
import { screen } from './en/screen.ts';
import { times } from './en/times.ts';

export const en = {
  ...names,
  ...times,
  ...incidents,
  ...hotspots,
  ...feeds,
  ...map,
  ...heat,
  ...national,
  ...controls,
  ...cell,
  ...desk,
  ...alerts,
  ...patrols,
  ...partners,
  ...keys,
  ...screen,
  ...connection,
  ...displays,
  ...rules,
  ...handover,
  ...lookingBack,
  ...replay,
};

/** Another language that lacks one of these, or has one more, does not compile. */
export type Words = typeof en;
