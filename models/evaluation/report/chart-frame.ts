/** The frame of a chart: axes, grid and the places of values, as inline SVG. */
import { escaped } from './html.ts';

export interface Axis {
  from: number;
  to: number;
  ticks: readonly number[];
  label: string;
  written: (value: number) => string;
  /** Equal factors are equally far apart. */
  isLogarithmic?: boolean;
}

const [WIDTH, HEIGHT] = [480, 340];
const [LEFT, RIGHT, TOP, BOTTOM] = [72, 14, 12, 46];

export class ChartFrame {
  readonly #x: Axis;
  readonly #y: Axis;
  readonly #marks: string[] = [];

  constructor(x: Axis, y: Axis) {
    this.#x = x;
    this.#y = y;
  }

  x(value: number): number {
    return LEFT + along(this.#x, value) * (WIDTH - LEFT - RIGHT);
  }

  y(value: number): number {
    return HEIGHT - BOTTOM - along(this.#y, value) * (HEIGHT - TOP - BOTTOM);
  }

  /** Points are `[x, y]` in the axes' own units. */
  line(points: readonly (readonly [number, number])[], colour: string, width = 2, dashes = ''): void {
    const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${this.#place(x, y)}`).join('');
    const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
    this.#marks.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}"${dashed}/>`);
  }

  dot(x: number, y: number, colour: string, title: string): void {
    const at = `cx="${round(this.x(x))}" cy="${round(this.y(y))}"`;
    this.#marks.push(`<circle ${at} r="4" fill="${colour}"><title>${escaped(title)}</title></circle>`);
  }

  /** From the x axis up, between two places on it. */
  bar(fromX: number, toX: number, y: number, colour: string): void {
    const [left, right, top, foot] = [this.x(fromX), this.x(toX), this.y(y), this.y(this.#y.from)];
    const size = `width="${round(right - left - 1)}" height="${round(Math.max(0, foot - top))}"`;
    this.#marks.push(`<rect x="${round(left)}" y="${round(top)}" ${size} fill="${colour}"/>`);
  }

  /** `description` is what somebody hears who cannot see it. */
  svg(description: string): string {
    const clip = `plot-${description.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
    const box = `x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}"`;
    return [
      `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(description)}">`,
      ...this.#x.ticks.map((tick) => this.#tick(tick, 'x')),
      ...this.#y.ticks.map((tick) => this.#tick(tick, 'y')),
      `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle" class="faint">${escaped(this.#x.label)}</text>`,
      `<text transform="translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle" class="faint">${escaped(this.#y.label)}</text>`,
      `<clipPath id="${clip}"><rect ${box}/></clipPath><g clip-path="url(#${clip})">${this.#marks.join('')}</g></svg>`,
    ].join('');
  }

  #tick(value: number, axis: 'x' | 'y'): string {
    if (axis === 'x') {
      const x = round(this.x(value));
      return (
        `<path d="M${x} ${TOP}V${HEIGHT - BOTTOM}" stroke="#e6ebf0"/>` +
        `<text x="${x}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escaped(this.#x.written(value))}</text>`
      );
    }
    const y = round(this.y(value));
    return (
      `<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#e6ebf0"/>` +
      `<text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${escaped(this.#y.written(value))}</text>`
    );
  }

  #place(x: number, y: number): string {
    return `${round(this.x(x))} ${round(this.y(y))}`;
  }
}

function along({ from, to, isLogarithmic = false }: Axis, value: number): number {
  return isLogarithmic
    ? Math.log(Math.max(value, from / 10) / from) / Math.log(to / from)
    : (value - from) / (to - from);
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** Round numbers that cover from 0 (or below) to `most`, so many at most. */
export function roundTicks(from: number, to: number, most = 6): number[] {
  const raw = Math.max(to - from, Number.EPSILON) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
