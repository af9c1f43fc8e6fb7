/** Which build the server hands out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { servedBuild } from '../../server/built-client.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forewatch-client-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const page = (meta: string): void => {
  writeFileSync(join(folder, 'index.html'), `<!doctype html><head>${meta}</head>`);
};

it('is named by its page, and another one once that is replaced', () => {
  page('<meta name="forewatch-build" content="one" />');
  expect(servedBuild(folder)).toBe('one');
  page('<meta name="forewatch-build" content="two" />');
  expect(servedBuild(folder)).toBe('two');
});

it('is none where nothing is built, or no name was written into it', () => {
  expect(servedBuild(folder)).toBeNull();
  page('<title>Forewatch</title>');
  expect(servedBuild(folder)).toBeNull();
});
