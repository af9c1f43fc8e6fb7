/** `wall.heat`: ms for the heat of 100,000 incidents to be drawn anew at 4K; baseline: leaflet.heat as it comes, on the same points. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { chromiumProgram } from '../../server/commands/chromium.ts';
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts';
import { distribution, median, round, type Benchmark } from './bench.ts';
import { cityCells, incidentCells } from './wall/crowded-city.ts';
import { SCREEN } from './wall/wall-stage.ts';

/** The region, the city, and a part of it. */
const ZOOMS = [9.5, 11.25, 13];
const ROUNDS = 15;
const PAGE = resolve(import.meta.dirname, '../client/bench/heat-page.ts');

export const wallHeat: Benchmark = {
  names: ['wall.heat'],
  run: async (report) => {
    const folder = mkdtempSync(join(tmpdir(), 'forewatch-heat-'));
    const executablePath = await chromiumProgram(report);
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    try {
      await build({
        configFile: false,
        logLevel: 'error',
        plugins: [(await import('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false })],
        build: {
          lib: { entry: PAGE, formats: ['iife'], name: 'heatPage', fileName: () => 'heat-page.js' },
          outDir: folder,
        },
      });
      const page = await browser.newPage({ viewport: SCREEN });
      await page.setContent('<body style="margin:0"><div id="map" style="width:100vw;height:100vh"></div>');
      await page.addScriptTag({ path: join(folder, 'heat-page.js') });
      const weights = new Map<string, number>();
      for (const cell of incidentCells(cityCells(), seededRandom(1)))
        weights.set(cell, (weights.get(cell) ?? 0) + 1);
      const asked = JSON.stringify([...weights]);
      const { ours, stock } = await page.evaluate<Record<'ours' | 'stock', number[]>>(
        `timeHeat(${asked}, ${JSON.stringify(ZOOMS)}, ${ROUNDS})`,
      );
      report(`${weights.size} points; leaflet.heat ${Math.min(...stock)} to ${Math.max(...stock)} ms`);
      const [own, baseline] = [distribution('wall.heat', 'ms', ours), median(stock)];
      return [{ ...own, baseline: round(baseline), ratio: round(own.value / baseline) }];
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
