/** Accounts for the stored incidents by area: whose area each lies in, beside the force it is stored for. */
import type { Force } from '../../shared/force.ts';
import { cellPlaces, pointPlaces, type PlacesView } from '../store/stored-places.ts';
import type { AreaIndex } from './area-index.ts';

export interface PlaceAccount {
  incidents: number;
  /** By the force it is stored for, then by the area it lies in; `unassigned` is outside every area. */
  places: Map<Force, Map<Force, number>>;
}

/** So many cells that a border crosses are looked at together. */
const CELLS_AT_ONCE = 2_000;

/**
 * Counts incidents by cell where one area holds all of a cell's points, else point by point: of
 * millions of rows only those near a border leave the database.
 */
export async function placeAccount(view: PlacesView, index: AreaIndex): Promise<PlaceAccount> {
  const account: PlaceAccount = { incidents: 0, places: new Map() };
  /** By cell, the forces whose incidents there must be looked at one by one. */
  const near = new Map<string, Set<Force>>();
  const count = (force: Force, lies: Force, incidents: number): void => {
    account.incidents += incidents;
    const places = account.places.get(force) ?? new Map<Force, number>();
    account.places.set(force, places.set(lies, (places.get(lies) ?? 0) + incidents));
  };
  for await (const page of cellPlaces(view)) {
    for (const { cell, force, incidents, ...box } of page) {
      const lies = index.forceThroughout(box);
      if (lies === undefined) near.set(cell, (near.get(cell) ?? new Set<Force>()).add(force));
      else count(force, lies, incidents);
    }
  }
  const cells = [...near.keys()];
  for (let start = 0; start < cells.length; start += CELLS_AT_ONCE) {
    for await (const page of pointPlaces(view, cells.slice(start, start + CELLS_AT_ONCE))) {
      for (const { cell, force, incidents, lat, lon } of page) {
        if (near.get(cell)?.has(force) === true) count(force, index.forceAt(lat, lon), incidents);
      }
    }
  }
  return account;
}
