/** Finds what lies near a point among thousands, by the square of a grid it lies in: comparing all with all takes seconds. */

interface Square<Thing> {
  things: Thing[];
}

export class NearThings<Thing> {
  readonly #size: number;
  readonly #squares = new Map<string, Square<Thing>>();

  /** @param size side of the squares, in pixels */
  constructor(size: number) {
    this.#size = Math.max(1, size);
  }

  /** Notes a thing that reaches so far from its middle each way. */
  add(thing: Thing, x: number, y: number, across: number, down = across): void {
    this.#each(x, y, across, down, (key) => {
      const square = this.#squares.get(key);
      if (square === undefined) this.#squares.set(key, { things: [thing] });
      else square.things.push(thing);
    });
  }

  /** Whether any thing within so far of the point passes the test; beyond it some may be asked, too, or twice. */
  some(x: number, y: number, across: number, down: number, test: (thing: Thing) => boolean): boolean {
    let isFound = false;
    this.#each(x, y, across, down, (key) => {
      isFound ||= this.#squares.get(key)?.things.some(test) ?? false;
    });
    return isFound;
  }

  #each(x: number, y: number, across: number, down: number, act: (key: string) => void): void {
    const at = (pixels: number): number => Math.floor(pixels / this.#size);
    for (let column = at(x - across); column <= at(x + across); column++)
      for (let row = at(y - down); row <= at(y + down); row++) act(`${column},${row}`);
  }
}
