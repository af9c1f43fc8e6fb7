/** One message on its way in: what a feed hands to ingest, whatever brought it. */
import type { Agency } from '../../shared/category.ts';

export interface Delivery {
  agency: Agency;
  feed: string;
  payload: Uint8Array;
  /** The stream's own timestamp of the message (epoch milliseconds), the same at each redelivery. */
  streamAtMs: number;
  streamSeq: number;
  /** Whether it was handed out before: then the first attempt may have been committed. */
  redelivered: boolean;
  ack(): void;
  /** Gives it back for another attempt. */
  release(): void;
}
