/** A table of numbers, kept column by column: rows of thousands are read without an object for each. */

/** Grows while rows are added; `column` then gives the numbers that there are. */
export class Columns<Name extends string> {
  readonly names: readonly Name[];
  readonly #columns: Map<Name, number[] | Int32Array | Float64Array>;
  #length = 0;

  constructor(names: readonly Name[], columns?: readonly (Int32Array | Float64Array)[]) {
    this.names = names;
    this.#columns = new Map(names.map((name, index) => [name, columns?.[index] ?? []]));
    this.#length = columns?.[0]?.length ?? 0;
  }

  get length(): number {
    return this.#length;
  }

  /** A number for each name, in their order. */
  add(row: readonly number[]): void {
    this.names.forEach((name, index) => {
      (this.#columns.get(name) as number[]).push(row[index] ?? NaN);
    });
    this.#length++;
  }

  column(name: Name): ArrayLike<number> {
    return this.#columns.get(name) ?? [];
  }

  /** All of them, each in the smaller type that holds it. */
  typed(): (Int32Array | Float64Array)[] {
    return this.names.map((name) => {
      const column = this.#columns.get(name) ?? [];
      if (!Array.isArray(column)) return column;
      return column.every((number) => (number | 0) === number)
        ? Int32Array.from(column)
        : Float64Array.from(column);
    });
  }
}

/** The number that stands for a word: that of its first use. */
export function wordOf<Word>(words: Map<Word, number>, word: Word): number {
  let number = words.get(word);
  if (number === undefined) words.set(word, (number = words.size));
  return number;
}
