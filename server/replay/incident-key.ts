/** A number that stands for an incident through its revisions, where its name would take too much room. */
import type { StoredIncident } from '../../shared/announcement.ts';

/**
 * Of 53 bits: that two of the incidents of one hour share one, 200,000 at most, has a chance of two in a million. The
 * hash is cyrb53, which mixes as MurmurHash3 does.
 */
export function incidentKey({ agency, feed, id }: Pick<StoredIncident, 'agency' | 'feed' | 'id'>): number {
  const name = `${agency}/${feed}/${id}`;
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = mixed(high, low);
  low = mixed(low, high);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}

function mixed(one: number, other: number): number {
  return Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
}
