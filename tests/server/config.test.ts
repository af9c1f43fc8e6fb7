/** What the environment may say, and the line that a wrong value gets. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

test('an empty environment serves all roles on loopback, with real input only', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: undefined,
    natsUrls: undefined,
    dataDir: resolve('.data'),
    roles: new Set(['ingest', 'forecast', 'gateway']),
    modelDir: resolve('models/artifacts'),
    forecastIntervalSeconds: 5,
    forecastDrift: { act: 'alert', low: 0.67, high: 1.5 },
    clock: 'system',
    timeZone: 'Europe/London',
    allowOrigins: new Set(['live']),
    logLevel: 'info',
    recordingsDir: resolve('../shared/data'),
  });
});

test('what a command presumes gives way to what the environment says', () => {
  const presumed = { ALLOW_ORIGINS: 'live,recorded,simulated', PORT: '4000' };
  const { port, allowOrigins } = readConfig({ PORT: '5000', ALLOW_ORIGINS: '' }, presumed);
  expect(port).toBe(5000);
  expect(allowOrigins).toEqual(new Set(['live', 'recorded', 'simulated']));
});

test('several NATS servers are read from one variable', () => {
  const { natsUrls } = readConfig({ NATS_URL: 'nats://one:4222, tls://two:4222,three:4222' });
  expect(natsUrls).toEqual(['nats://one:4222', 'tls://two:4222', 'three:4222']);
});

test('the base map is read from one variable: what clients are told, and the file that is handed out', () => {
  expect(readConfig({ BASEMAP: 'none' })).toMatchObject({
    basemap: { kind: 'none' },
    basemapFile: undefined,
  });
  expect(readConfig({ BASEMAP: 'england.pmtiles' })).toMatchObject({
    basemap: { kind: 'pmtiles' },
    basemapFile: resolve('england.pmtiles'),
  });
});

test('what is done about drift is read with its bounds, or without', () => {
  expect(readConfig({ FORECAST_DRIFT: 'off 0.5,2' }).forecastDrift).toEqual({
    act: 'off',
    low: 0.5,
    high: 2,
  });
  expect(readConfig({ FORECAST_DRIFT: 'off' }).forecastDrift).toEqual({ act: 'off', low: 0.67, high: 1.5 });
  expect(readConfig({ FORECAST_DRIFT: 'none' }).forecastDrift.act).toBe('none');
});

test('webhooks call private networks where they are named, and no others', () => {
  expect(readConfig({}).webhookAllow).toEqual([]);
  const { webhookAllow } = readConfig({ WEBHOOK_ALLOW: 'Hooks.Internal, 10.1.0.0/16,fd00::/8' });
  expect(webhookAllow).toEqual(['hooks.internal', '10.1.0.0/16', 'fd00::/8']);
});

test.each([
  ['CAP_SENDER', 'a name, with a comma'],
  ['WEBHOOK_ALLOW', 'https://hooks.internal'],
  ['WEBHOOK_ALLOW', '10.1.0.0/33'],
  ['PORT', '80a'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['DATABASE_URL', 'mysql://localhost/forewatch'],
  ['DATABASE_URL', 'localhost'],
  ['NATS_URL', 'https://localhost:4222'],
  ['NATS_URL', 'nats://localhost:4222,,'],
  ['ROLES', 'ingest,gatway'],
  ['FORECAST_INTERVAL_SECONDS', '0'],
  ['FORECAST_INTERVAL_SECONDS', 'five'],
  ['FORECAST_DRIFT', 'sometimes'],
  ['FORECAST_DRIFT', 'off 1.5,0.67'],
  ['FORECAST_DRIFT', 'off 0.5'],
  ['CLOCK', 'sundial'],
  ['TIME_ZONE', 'Europe/Londinium'],
  ['TIME_ZONE', '+01:00'],
  ['ALLOW_ORIGINS', 'live,invented'],
  ['BASEMAP', 'https://tiles.example/{z}/{x}.png'],
  ['BASEMAP', 'ftp://tiles.example/{z}/{x}/{y}.png'],
  ['ARCHIVE_DAYS', '0'],
  ['REPLAY_DAYS', 'a year'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s stops with one line that names it', (variable, value) => {
  const read = (): unknown => readConfig({ [variable]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`^${variable} must [^\\n]+$`));
});

test('a wrong address is not repeated, since it may hold a password', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://user:secret@localhost/forewatch' })).not.toThrow(/secret/);
  expect(() => readConfig({ NATS_URL: 'https://user:secret@localhost' })).not.toThrow(/secret/);
});
