/** Whole real recordings, where `RECORDINGS_DIR` has them: the account is exact, and no category is unknown. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../../server/config.ts';
import { readRecording } from '../../../../server/feeds/recordings/read-recording.ts';
import { IncidentMessage } from '../../../../shared/incident.ts';
import { TimeZone } from '../../../../shared/time.ts';

const isIncident = Compile(IncidentMessage);

describe.each([
  ['stlouis_2014_2020.csv.gz', 'America/Chicago', 314_845, 314_844, 2_499],
  ['vancouver_2012_2017.csv.gz', 'America/Vancouver', 160_871, 160_871, 0],
  ['uk_city_of_london_2018_2021.csv.gz', 'Europe/London', 26_539, 26_360, 0],
])('%s', (name, timeZone, rows, ids, knives) => {
  const file = join(readConfig().recordingsDir, name);
  it.skipIf(!existsSync(file))(
    `reads ${rows} rows, none rejected, none unmapped`,
    { timeout: 60_000 },
    async () => {
      const account = { incidents: 0, rejected: 0, invalid: 0, unmapped: 0, knives: 0 };
      const seen = new Set<string>();
      for await (const entry of readRecording(file, { timeZone: new TimeZone(timeZone) })) {
        if (entry.kind === 'rejected') {
          account.rejected++;
          continue;
        }
        seen.add(entry.incident.id);
        account.incidents++;
        if (!isIncident.Check(entry.incident)) account.invalid++;
        if (!entry.isMapped) account.unmapped++;
        if (entry.incident.markers?.includes('knife') === true) account.knives++;
      }
      expect(account).toEqual({ incidents: rows, rejected: 0, invalid: 0, unmapped: 0, knives });
      expect(seen.size).toBe(ids);
    },
  );
});
