/** Pairs of incidents that happened close to each other, found over a grid of squares. */

export interface PlacedIncident {
  lat: number;
  lon: number;
  atMs: number;
}

export interface ClosePairs {
  /** Indices of the two, and the index of the distance band that their distance falls into. */
  one: Int32Array;
  other: Int32Array;
  band: Uint8Array;
}

const METRES_PER_DEGREE = 111_320;

/** Metres between two places; flat, which holds for the few hundred metres that matter. */
export function metresBetween(
  one: { lat: number; lon: number },
  other: { lat: number; lon: number },
): number {
  const y = (other.lat - one.lat) * METRES_PER_DEGREE;
  const x = (other.lon - one.lon) * METRES_PER_DEGREE * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(x, y);
}

/** Each pair once, whose distance lies below the last of `edges` (metres, ascending): band 0 lies below the first. */
export function closePairs(incidents: readonly PlacedIncident[], edges: readonly number[]): ClosePairs {
  const side = edges.at(-1) ?? 0;
  const squares = new Map<string, number[]>();
  const shrink = Math.cos(((incidents[0]?.lat ?? 0) * Math.PI) / 180);
  const column = ({ lon }: PlacedIncident): number => Math.floor((lon * METRES_PER_DEGREE * shrink) / side);
  const row = ({ lat }: PlacedIncident): number => Math.floor((lat * METRES_PER_DEGREE) / side);
  const [ones, others, bands]: [number[], number[], number[]] = [[], [], []];
  incidents.forEach((incident, index) => {
    const [x, y] = [column(incident), row(incident)];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const earlier of squares.get(`${x + dx},${y + dy}`) ?? []) {
          const metres = metresBetween(incidents[earlier] ?? incident, incident);
          const band = edges.findIndex((edge) => metres < edge);
          if (band < 0) continue;
          ones.push(earlier);
          others.push(index);
          bands.push(band);
        }
      }
    }
    const square = squares.get(`${x},${y}`);
    if (square === undefined) squares.set(`${x},${y}`, [index]);
    else square.push(index);
  });
  return { one: Int32Array.from(ones), other: Int32Array.from(others), band: Uint8Array.from(bands) };
}
