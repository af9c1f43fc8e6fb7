/** The imported areas as a running process knows them: read again whenever an import changed them. */
import type { Force } from '../../shared/force.ts';
import type { Database } from '../store/database.ts';
import { selectForceAreas, selectForceAreasVersion } from '../store/force-area-store.ts';
import { AreaIndex } from './area-index.ts';

export class ForceAreas {
  readonly #database: Pick<Database, 'query'>;
  #index = new AreaIndex([]);
  #version = '';

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  /** `unassigned` where no area holds the point, or none was imported when last looked. */
  forceAt(latitude: number, longitude: number): Force {
    return this.#index.forceAt(latitude, longitude);
  }

  /** Looks whether the areas have changed, and if so reads them. Returns whether they had. */
  async refresh(): Promise<boolean> {
    const version = await selectForceAreasVersion(this.#database);
    if (version === this.#version) return false;
    this.#index = new AreaIndex(await selectForceAreas(this.#database));
    // The older of the two: what was imported in between is read again.
    this.#version = version;
    return true;
  }
}
