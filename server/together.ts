/** Several things under way at once, waited for together; the first that fails fails all. */

export class Together {
  #all: Promise<unknown> = Promise.resolve();

  add(one: Promise<unknown>): void {
    this.#all = Promise.all([this.#all, one]);
    // It is waited for later: until then nobody listens.
    this.#all.catch(() => undefined);
  }

  /** Resolves once all that was added has; rejects as the first that did. */
  async done(): Promise<void> {
    await this.#all;
  }
}
