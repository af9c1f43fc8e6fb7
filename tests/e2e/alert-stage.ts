/** Alerts on a browser test's server: raised as a detector raises them, and dispatchers' desks. */
import type { Browser, Page } from '@playwright/test';
import { hashPassword } from '../../server/access/secrets.ts';
import { takeDueSteps } from '../../server/alerts/due-steps.ts';
import { raiseAlert, type Found } from '../../server/alerts/raise-alert.ts';
import { saveAccount } from '../../server/store/account-store.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import type { Alert, AlertFinding } from '../../shared/alert-state.ts';
import { cellAt } from '../../shared/cell.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import type { Forewatch } from './real-server.ts';

const PASSWORD = 'synthetic-password';

/** Far enough from every other index that no two touch. */
export function placeAt(index: number): string {
  return cellAt(51.42 + (index % 6) * 0.03, -0.25 + Math.floor(index / 6) * 0.06);
}

export interface DeskOptions {
  query?: string;
  /** Its page hears nothing of alerts that change, and does not know that it does not. */
  isDeaf?: boolean;
  /** What it would let sound is written down as `window.heard`: tones in hertz, speech with its language. */
  isHeard?: boolean;
}

export interface AlertStage {
  raise(index: number, change?: Partial<Found>, found?: Partial<AlertFinding>): Promise<Alert>;
  /** Lets the server's times run out, as if so much time had passed. */
  pass(milliseconds: number): Promise<void>;
  dispatcher(browser: Browser, name: string, options?: DeskOptions): Promise<Page>;
  close(): Promise<void>;
}

export function alertStage(forewatch: Forewatch): AlertStage {
  const database: Database = openDatabase({ url: forewatch.databaseUrl, name: 'alert stage' });
  return {
    raise: (index, change = {}, found = {}) => {
      const nowMs = Date.now();
      const window = { from: formatInstant(nowMs - HOUR_MS), to: formatInstant(nowMs) };
      const finding: AlertFinding = {
        ...{ kind: 'emerging', class: 'new', since: window.from, theme: 'burglary', window },
        ...{ cells: [placeAt(index)], observed: 12, expected: 2.4, likelihoodRatio: 9, onceInDays: 30 },
        ...{ nearRepeat: null, rule: null, over: false },
        ...found,
      };
      return raiseAlert(
        database,
        {
          ...{ force: 'metropolitan', place: `test:${String(index)}`, priority: 'high', sensitive: false },
          finding,
          ...change,
        },
        nowMs,
      );
    },
    pass: async (milliseconds) => {
      await takeDueSteps(database, Date.now() + milliseconds);
    },
    dispatcher: async (browser, name, { isDeaf = false, isHeard = false, query = '' } = {}) => {
      const passwordArgon2id = await hashPassword(PASSWORD);
      await saveAccount(database, {
        ...{ name, role: 'dispatcher', passwordArgon2id, forces: [], cleared: false },
      });
      const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
      const page = await context.newPage();
      await page.context().request.post(`${forewatch.url}/api/session`, {
        data: { user: name, password: PASSWORD },
      });
      if (isDeaf) await deafen(page);
      if (isHeard) await page.addInitScript(listen);
      await page.goto(`${forewatch.url}/${query}`);
      await page.locator('[data-connection="live"]').waitFor();
      return page;
    },
    close: () => database.end(),
  };
}

async function deafen(page: Page): Promise<void> {
  await page.routeWebSocket(/\/live$/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (!String(message).includes('"alert.changed"')) socket.send(message);
    });
  });
}

/** Runs in the page. */
function listen(): void {
  const heard: string[] = [];
  Object.assign(window, { heard });
  window.AudioContext = class extends AudioContext {
    override createOscillator(): OscillatorNode {
      const oscillator = super.createOscillator();
      const start = oscillator.start.bind(oscillator);
      oscillator.start = (when) => {
        heard.push(`${String(Math.round(oscillator.frequency.value))} Hz`);
        start(when);
      };
      return oscillator;
    }
  };
  speechSynthesis.speak = ({ lang, text }) => {
    heard.push(`${lang}: ${text}`);
  };
}
