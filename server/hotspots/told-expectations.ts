/** What LIVE last said that each cell expects, kept in the checkpoint: a restart tells only of what differs. */
import type { Announcement, HotspotsRanked } from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import { THEMES } from '../../shared/theme.ts';
import type { Checkpoint } from '../store/checkpoint-store.ts';
import { MovedCells } from './moved-cells.ts';

const PART = 'told:';
const NEWLINE = 10;

type Subject = Pick<HotspotsRanked, 'force' | 'theme' | 'horizonHours'>;

/** Before the numbers of a force's part, in one line. */
interface Head {
  /** LIVE's last message that is in it. */
  seq: number;
  /** How many numbers there are of each theme and horizon, in their order. */
  sizes: number[];
}

export class ToldExpectations {
  readonly #moved = new Map<string, MovedCells>();
  readonly #forces = new Set<Force>();
  #seq: number | undefined;
  #isDoubted = false;

  /** The last message of LIVE that is known of; undefined where none is. */
  get seq(): number | undefined {
    return this.#seq;
  }

  of({ force, theme, horizonHours }: Subject): MovedCells {
    const key = `${force}|${theme}|${horizonHours}`;
    let moved = this.#moved.get(key);
    if (moved === undefined) this.#moved.set(key, (moved = new MovedCells()));
    this.#forces.add(force);
    return moved;
  }

  /** LIVE has taken what was told, under this seq. */
  reached(seq: number): void {
    this.#seq = Math.max(this.#seq ?? 0, seq);
  }

  /** What was told did not reach LIVE, or nobody knows: nothing is kept, and all will be told anew. */
  doubt(): void {
    this.#isDoubted = true;
  }

  /** Takes in what LIVE holds from after the checkpoint, in its order; `cellsOf` tells a force's cells by index. */
  async takeIn(
    announced: AsyncIterable<{ seq: number; announcement: Announcement }>,
    cellsOf: (force: Force) => readonly Cell[],
  ): Promise<void> {
    const said = new Map<MovedCells, { force: Force; cells: Map<Cell, number> }>();
    for await (const { seq, announcement } of announced) {
      if (announcement.type !== 'hotspots.ranked') continue;
      const moved = this.of(announcement);
      const { force } = announcement;
      const own = said.get(moved) ?? { force, cells: new Map<Cell, number>() };
      said.set(moved, own);
      for (const [cell, expected] of announcement.moved) own.cells.set(cell, expected);
      this.reached(seq);
    }
    for (const [moved, { force, cells }] of said) moved.said(cellsOf(force), cells);
  }

  /** A part for each force. */
  encode(): Checkpoint[] {
    if (this.#seq === undefined || this.#isDoubted) return [];
    const seq = this.#seq;
    return [...this.#forces].map((force) => {
      const numbers = subjectsOf(force).map((subject) => this.of(subject).announced);
      const head: Head = { seq, sizes: numbers.map(({ length }) => length) };
      const bytes = numbers.map(({ buffer }) => Buffer.from(buffer));
      return {
        part: PART + force,
        state: Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...bytes]),
      };
    });
  }

  static decode(parts: readonly Checkpoint[]): ToldExpectations {
    const told = new ToldExpectations();
    for (const { part, state } of parts) {
      if (!part.startsWith(PART)) continue;
      const force = part.slice(PART.length) as Force;
      const headBytes = state.indexOf(NEWLINE);
      const { seq, sizes } = JSON.parse(Buffer.from(state.subarray(0, headBytes)).toString()) as Head;
      let from = headBytes + 1;
      told.#forces.add(force);
      for (const [index, { theme, horizonHours }] of subjectsOf(force).entries()) {
        const end = from + (sizes[index] ?? 0) * Float32Array.BYTES_PER_ELEMENT;
        // A copy of its own: numbers must begin at a multiple of their size.
        const numbers = new Float32Array(Uint8Array.from(state.subarray(from, end)).buffer);
        told.#moved.set(`${force}|${theme}|${horizonHours}`, new MovedCells(numbers));
        from = end;
      }
      told.reached(seq);
    }
    return told;
  }
}

function subjectsOf(force: Force): Subject[] {
  return THEMES.flatMap((theme) => HORIZONS.map((horizonHours) => ({ force, theme, horizonHours })));
}
