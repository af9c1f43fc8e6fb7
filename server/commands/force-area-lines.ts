/** What `npm run force-areas` says: the areas, and the stored incidents that lie outside them. */
import { FORCES, UNASSIGNED, type Force } from '../../shared/force.ts';
import type { PlaceAccount } from '../force-areas/place-account.ts';
import { squareKilometres } from '../force-areas/polygons.ts';
import type { NamedForceArea } from '../force-areas/read-force-areas.ts';

const NAME_WIDTH = Math.max(...FORCES.map((force) => force.length));
const AREA_WIDTH = 9;

export function areaLines(areas: readonly NamedForceArea[]): string[] {
  const sizes = areas.map(({ polygons }) => squareKilometres(polygons));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const lines = areas
    .map(
      ({ force, name }, index) =>
        `  ${padded(force)} ${written(sizes[index] ?? 0).padStart(AREA_WIDTH)} km²  ${name}`,
    )
    .sort();
  return [
    `Imported ${areas.length === 1 ? '1 force area' : `${areas.length} force areas`}, ${written(total)} km²:`,
    ...lines,
  ];
}

export function placeLines({ incidents, places }: PlaceAccount): string[] {
  if (incidents === 0) return ['No incidents are stored.'];
  const all = [...places].flatMap(([force, lies]) =>
    [...lies].map(([area, count]) => ({ force, area, count })),
  );
  const sum = (wanted: (place: { force: Force; area: Force }) => boolean): number =>
    all.filter(wanted).reduce((total, { count }) => total + count, 0);
  const outside = sum(({ area }) => area === UNASSIGNED);
  const elsewhere = sum(({ force, area }) => ![UNASSIGNED, area].includes(force) && area !== UNASSIGNED);
  const unassigned = sum(({ force, area }) => force === UNASSIGNED && area !== UNASSIGNED);
  return [
    `Of ${written(incidents)} incidents stored, ${written(outside)} (${share(outside, incidents)}) lie outside every area, ` +
      `${written(elsewhere)} (${share(elsewhere, incidents)}) in another force's area than the one they are stored for, ` +
      `and ${written(unassigned)} (${share(unassigned, incidents)}) are stored as unassigned though they lie in one:`,
    ...[...places].sort().map(([force, lies]) => `  ${padded(force)} ${whereabouts(force, lies)}`),
  ];
}

/** The force's own area first, what is outside last. */
function whereabouts(force: Force, lies: ReadonlyMap<Force, number>): string {
  const order = (area: Force): number =>
    area === UNASSIGNED ? -Infinity : area === force ? Infinity : (lies.get(area) ?? 0);
  return [...lies]
    .sort(([one], [other]) => order(other) - order(one))
    .map(([area, count]) => {
      const where = area === UNASSIGNED ? 'outside' : area === force ? 'in its area' : `in ${area}`;
      return `${written(count)} ${where}`;
    })
    .join(', ');
}

function padded(force: Force): string {
  return force.padEnd(NAME_WIDTH);
}

/** Small areas with one digit after the point. */
function written(number: number): string {
  return number.toLocaleString('en-GB', { maximumFractionDigits: number < 10 ? 1 : 0 });
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} %`;
}
