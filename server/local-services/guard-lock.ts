/** Lets one guard own a data folder: a lock that the system lifts when its holder dies, however it dies. */
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/**
 * Takes the lock for the rest of this process's life. Returns false where another process holds it.
 * Node offers no file locks of its own; SQLite's exclusive transaction is one, on every system.
 */
export function takeLock(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
    held.push(database);
    return true;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

// A connection that nothing refers to would be collected, and the lock with it.
const held: DatabaseSync[] = [];
