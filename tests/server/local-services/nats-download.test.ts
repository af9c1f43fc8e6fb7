/** A downloaded nats-server is used only where it is, byte for byte, the one that was expected. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadNats, type Release } from '../../../server/local-services/nats-download.ts';

let folder: string;
let server: Server;
let release: Release;
let target: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'forewatch-download-'));
  mkdirSync(join(folder, 'published/release'), { recursive: true });
  writeFileSync(join(folder, 'published/release/nats-server'), '#!/bin/sh\necho nats-server: v9.9.9\n');
  const archive = join(folder, 'archive.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', join(folder, 'published'), 'release']);
  const content = readFileSync(archive);
  server = createServer((request, response) => {
    response.statusCode = request.url === '/archive.tar.gz' ? 200 : 404;
    response.end(content);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  release = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive.tar.gz`,
    sha256: createHash('sha256').update(content).digest('hex'),
    folder: 'release',
  };
  target = join(folder, 'cache/nats-server');
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('the expected archive becomes a program that runs', async () => {
  await downloadNats(target, release);
  expect(execFileSync(target, { encoding: 'utf8' })).toBe('nats-server: v9.9.9\n');
  expect(readdirSync(join(folder, 'cache'))).toEqual(['nats-server']);
});

test('an archive with another hash is refused before anything of it is unpacked', async () => {
  await expect(downloadNats(target, { ...release, sha256: '0'.repeat(64) })).rejects.toThrow(
    /^its SHA-256 is [0-9a-f]{64}, not 0{64}$/,
  );
  expect(readdirSync(folder)).not.toContain('cache');
});

test('a missing release says what the server answered', async () => {
  const address = release.address.replace('archive', 'lost');
  await expect(downloadNats(target, { ...release, address })).rejects.toThrow(/lost\.tar\.gz answered 404$/);
});

test('a server out of reach says why', async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  await expect(downloadNats(target, release)).rejects.toThrow(/ECONNREFUSED/);
});
