/** Shows on standard error how far a command is: a bar that redraws on a terminal, a sparse line elsewhere. */

const BAR_WIDTH = 30;
const REDRAW_MS = 100;
const LINE_MS = 10_000;

export class ProgressBar {
  readonly #stream: NodeJS.WriteStream;
  #drawnAt = -Infinity;
  #isDrawn = false;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** `share` from 0 to 1; `text` says it in words. May be called as often as one likes. */
  show(share: number, text: string): void {
    const now = performance.now();
    if (now - this.#drawnAt < (this.#stream.isTTY ? REDRAW_MS : LINE_MS)) return;
    this.#drawnAt = now;
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    if (!this.#stream.isTTY) {
      this.#stream.write(`${percent} % ${text}\n`);
      return;
    }
    const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const line = `${bar} ${percent} % ${text}`;
    this.#stream.write(`\r\u001b[K${line.slice(0, this.#stream.columns - 1)}`);
    this.#isDrawn = true;
  }

  /** Removes the bar, so that what is written next begins a line of its own. */
  clear(): void {
    if (this.#isDrawn) this.#stream.write('\r\u001b[K');
    this.#isDrawn = false;
  }
}
