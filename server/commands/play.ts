/** `npm run play -- FILE…`: publishes recordings in their own time order, driving the feed clock. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatInstant } from '../../shared/time.ts';
import { readConfig } from '../config.ts';
import { connectNats } from '../feeds/nats-connection.ts';
import { playRecording } from '../feeds/recordings/play-recording.ts';
import { readRecordingMap } from '../feeds/recordings/recording-map.ts';
import { parseFeedPath } from '../feeds/subjects.ts';
import { ProgressBar } from './progress-bar.ts';
import { parseSpeed, parseTimeZone } from './command-options.ts';
import { runCommand, UsageError } from './run-command.ts';
import { runningNatsUrls } from './running-services.ts';

const USAGE =
  'npm run play -- FILE… [--speed 600|max] [--map MAP.json] [--feed police/NAME] [--timezone Europe/London]';

await runCommand(USAGE, async (signal) => {
  const config = readConfig();
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      speed: { type: 'string', default: '600' },
      map: { type: 'string' },
      feed: { type: 'string' },
      timezone: { type: 'string', default: config.timeZone },
    },
  });
  if (positionals.length === 0) throw new UsageError('which recording?');
  const feed = values.feed === undefined ? undefined : parseFeedPath(values.feed);
  if (values.feed !== undefined && feed === undefined) {
    throw new UsageError(
      `--feed ${values.feed} is not an agency and a name of a-z, 0-9 and -, as police/cad`,
    );
  }
  const speed = parseSpeed(values.speed);
  const timeZone = parseTimeZone(values.timezone);
  const map = values.map === undefined ? {} : { map: await readRecordingMap(resolve(values.map)) };
  const connection = await connectNats({
    urls: runningNatsUrls(config),
    creds: config.natsCreds,
    name: 'forewatch play',
  });
  const bar = new ProgressBar();
  try {
    const { read, published, rejected, unmapped } = await playRecording({
      connection,
      signal,
      speed,
      files: positionals.map((file) => resolve(file)),
      timeZone,
      ...map,
      ...(feed !== undefined && { feed }),
      rejectedFolder: join(config.dataDir, 'rejected'),
      onRead: (rows) => {
        bar.show(0, `${rows} rows read`);
      },
      onProgress: ({ published, total, atMs, waitingFor }) => {
        const time = Number.isNaN(atMs) ? '' : formatInstant(atMs).slice(0, 16);
        const waiting = waitingFor === undefined ? '' : `, waiting: ${waitingFor}`;
        bar.show(published / Math.max(1, total), `${published} of ${total} ${time}${waiting}`);
      },
    });
    bar.clear();
    if (unmapped > 0) process.stderr.write(`${unmapped} incidents of unknown category became "other"\n`);
    process.stdout.write(`${JSON.stringify({ read, published, rejected })}\n`);
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    bar.clear();
    process.stderr.write('Stopped before the end of the recording.\n');
    return 130;
  } finally {
    bar.clear();
    await connection.close();
  }
});
