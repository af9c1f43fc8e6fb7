/** One server that is started when first asked for, and started again at the same address when it dies. */
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { reasonOf } from './local-service-error.ts';
import type { ServiceProcess } from './service-process.ts';

export interface RunningService extends ServiceProcess {
  readonly url: string;
}

const START_ATTEMPTS = 3;
const RESTART_ATTEMPTS = 10;
const RESTART_PAUSE_MS = 500;

export class KeptService {
  readonly #name: string;
  readonly #start: (port: number) => Promise<RunningService>;
  readonly #report: (line: string) => void;
  #starting: Promise<string> | undefined;
  #running: RunningService | undefined;
  #stopping = false;

  constructor(
    name: string,
    start: (port: number) => Promise<RunningService>,
    report: (line: string) => void,
  ) {
    this.#name = name;
    this.#start = start;
    this.#report = report;
  }

  /** Its address, once it runs; however many ask, it is started once. A failed start may be asked for again. */
  url(): Promise<string> {
    this.#starting ??= this.#first().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#starting?.catch(() => undefined);
    await this.#running?.stop();
  }

  // Asked anew after each wait: the compiler takes a field for unchanged across them.
  #isStopping(): boolean {
    return this.#stopping;
  }

  async #first(): Promise<string> {
    this.#report(`starting ${this.#name}`);
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      try {
        const running = await this.#start(port);
        this.#watch(running, port);
        return running.url;
      } catch (error) {
        // Somebody else may have taken the port since it was found free.
        if (attempt === START_ATTEMPTS || !/in use/.test(reasonOf(error))) throw error;
      }
    }
  }

  #watch(running: RunningService, port: number): void {
    this.#running = running;
    void running.exited.then(async () => {
      if (this.#stopping) return;
      this.#report(`${this.#name} has ended unexpectedly: starting it again`);
      for (let attempt = 1; attempt <= RESTART_ATTEMPTS; attempt += 1) {
        await pause(RESTART_PAUSE_MS);
        if (this.#isStopping()) return;
        try {
          const again = await this.#start(port);
          if (this.#isStopping()) await again.stop();
          else this.#watch(again, port);
          return;
        } catch (error) {
          this.#report(reasonOf(error));
        }
      }
      this.#report(`${this.#name} can't be started again`);
    });
  }
}
