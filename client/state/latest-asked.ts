/** Does one thing at a time, and of several that are asked for meanwhile only the last: for what a drag asks for. */

export class LatestAsked<Asked extends object> {
  readonly #act: (asked: Asked) => Promise<boolean>;
  #next: Asked | undefined;
  #running: Promise<void> | undefined;
  #done: Asked | undefined;

  /** @param act says whether it could be done */
  constructor(act: (asked: Asked) => Promise<boolean>) {
    this.#act = act;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Resolves once nothing is asked for any more: true where this was done last. */
  async ask(asked: Asked): Promise<boolean> {
    this.#next = asked;
    this.#running ??= this.#run();
    await this.#running;
    return this.#done === asked;
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#next !== undefined) {
      const asked: Asked = this.#next;
      this.#next = undefined;
      this.#done = (await this.#act(asked)) ? asked : undefined;
    }
    this.#running = undefined;
  }
}
