/** `npm run export -- --from TIME --to TIME --out FILE`: a span of the database as an NDJSON recording. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { TimeZone } from '../../shared/time.ts';
import { readConfig } from '../config.ts';
import { parseRecordedTime } from '../feeds/recordings/occurred-at.ts';
import { openDatabase } from '../store/database.ts';
import { selectRecordedSpan, type RecordedLine } from '../store/recorded-span.ts';
import { runCommand, UsageError } from './run-command.ts';
import { runningDatabaseUrl } from './running-services.ts';

const USAGE = `npm run export -- --from TIME --to TIME --out FILE
       TIME: 2026-03-01, 2026-03-01T18:00 (local time of TIME_ZONE) or RFC 3339; the end is left out. FILE.gz is compressed.`;

await runCommand(USAGE, async (signal) => {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } },
  });
  const config = readConfig();
  const timeZone = new TimeZone(config.timeZone);
  const from = parseTime('from', values.from, timeZone);
  const to = parseTime('to', values.to, timeZone);
  if (values.out === undefined) throw new UsageError('--out is missing: which file to write?');
  const file = resolve(values.out);
  const database = openDatabase({ url: runningDatabaseUrl(config), name: 'export', connections: 1 });
  let exported = 0;
  async function* text(): AsyncGenerator<string> {
    for await (const lines of selectRecordedSpan(database, from, to)) {
      exported += lines.length;
      yield lines.map((line: RecordedLine) => `${JSON.stringify(line)}\n`).join('');
    }
  }
  // Whoever finds the file under its name finds all of it.
  const unfinished = `${file}.part`;
  try {
    const output = createWriteStream(unfinished);
    await (file.endsWith('.gz')
      ? pipeline(text(), createGzip(), output, { signal })
      : pipeline(text(), output, { signal }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await database.end();
  }
  process.stdout.write(`${JSON.stringify({ exported })}\n`);
});

function parseTime(option: string, text: string | undefined, timeZone: TimeZone): Date {
  if (text === undefined) throw new UsageError(`--${option} is missing`);
  const time = parseRecordedTime(text, timeZone);
  if (time === undefined) throw new UsageError(`--${option} ${text} is no time`);
  return new Date(time.epochMs);
}
