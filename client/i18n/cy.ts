/** Every word the client shows, in Welsh: the parts put together. */
import { alerts } from './cy/alerts.ts';
import { cell } from './cy/cell.ts';
import { controls } from './cy/controls.ts';
import { connection } from './cy/connection.ts';
import { desk } from './cy/desk.ts';
import { displays } from './cy/displays.ts';
import { feeds } from './cy/feeds.ts';
import { handover } from './cy/handover.ts';
import { heat } from './cy/heat.ts';
import { hotspots } from './cy/hotspots.ts';
import { incidents } from './cy/incidents.ts';
import { keys } from './cy/keys.ts';
import { lookingBack } from './cy/looking-back.ts';
import { map } from './cy/map.ts';
import { names } from './cy/names.ts';
import { national } from './cy/national.ts';
import { partners } from './cy/partners.ts';
import { patrols } from './cy/patrols.ts';
import { replay } from './cy/replay.ts';
import { rules } from './cy/rules.ts';
import { screen } from './cy/screen.ts';
import { times } from './cy/times.ts';
import type { Words } from './en.ts';

export const cy: Words = {
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
