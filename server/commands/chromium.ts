/** Finds a Chromium for the browser tests, or gets one. */
import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { runTool } from '../local-services/run-tool.ts';
import { installPackage } from '../local-services/system-package.ts';
import { CommandError } from './run-command.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Playwright's own browser where it is there, since it is the one that Playwright is tested with. */
export function installedChromium(): string | undefined {
  return [chromium.executablePath(), ...PLACES].find(isExecutable);
}

/** The browser's path. Throws `CommandError` that says what to do where none is to be had. */
export async function chromiumProgram(report: (line: string) => void): Promise<string> {
  const found = installedChromium();
  if (found !== undefined) return found;
  const refusal = await installPackage('chromium', report);
  const installed = installedChromium();
  if (installed !== undefined) return installed;
  report('downloading Chromium');
  const playwright = resolve(import.meta.dirname, '../../node_modules/playwright-core/cli.js');
  const download = await runTool(process.execPath, [playwright, 'install', 'chromium'], 300_000);
  const downloaded = installedChromium();
  if (downloaded !== undefined) return downloaded;
  throw new CommandError(
    `the browser tests need Chromium, and none could be had (${refusal ?? 'it is not where it is looked for'}; ` +
      `download: ${download.kind === 'failed' ? download.reason : download.kind}): install Chromium or Google Chrome`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
