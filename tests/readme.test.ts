/** The README tells the truth, as far as that can be seen without a server. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8');

describe('the README', () => {
  it('links to what is there, within itself and beside it', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link]) => link ?? '');
    const headings = [...README.matchAll(/^#+ (.+)$/gm)].map(
      ([, heading = '']) => `#${heading.toLowerCase().replaceAll(' ', '-')}`,
    );
    const broken = links.filter(
      (link) => !(link.startsWith('#') ? headings.includes(link) : existsSync(resolve(ROOT, link))),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(broken).toEqual([]);
  });

  it('shows pictures that are quickly here', () => {
    const pictures = [...README.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) => file ?? '');
    expect(pictures.length).toBeGreaterThan(1);
    for (const file of pictures) expect(statSync(resolve(ROOT, file)).size).toBeLessThan(400_000);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...README.matchAll(/npm (?:run (?:-s )?([a-z-]+)|(test|start)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('has every variable that the server reads, and no other', () => {
    const config = readFileSync(resolve(ROOT, 'server/config.ts'), 'utf8');
    const read = new Set([...config.matchAll(/\bread\('([A-Z_]+)'/g)].map(([, name]) => name));
    // What only the tests read stands where the tests are described.
    read.delete('RECORDINGS_DIR');
    const rows = [...README.matchAll(/^\| ((?:`[A-Z_]{2,}`(?:, )?)+) +\|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/[A-Z_]{2,}/g)].map(([name]) => name),
    );
    expect(rows.sort()).toEqual([...read].sort());
  });

  it.each([
    ...['incident', 'feed', 'cell', 'window', 'horizon', 'forecast', 'hotspot', 'emerging', 'near-repeat'],
    ...[
      'dosage',
      'signal',
      'force area',
      'play',
      'replay',
      'backtest',
      'hit rate',
      'PAI',
      'PEI',
      'naive map',
      'scorecard',
    ],
  ])('says what is meant by %s', (word) => {
    expect(README).toMatch(new RegExp(`^\\| (\\w+, )?${word}(, \\w+)? +\\|`, 'm'));
  });

  it('connects a first feed in ten lines', () => {
    const [, code = ''] = /^```js first feed\n([\s\S]*?)^```$/m.exec(README) ?? [];
    const lines = code.split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(10);
  });
});
