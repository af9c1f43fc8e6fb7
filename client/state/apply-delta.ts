/** Brings a delta into a picture, whichever type it is of. */
import type { Delta } from '../../shared/messages.ts';
import type { Picture } from './picture.ts';

export function applyDelta(picture: Picture, delta: Delta): void {
  switch (delta.type) {
    case 'incidents.stored':
      picture.applyStored(delta);
      break;
    case 'hotspots.ranked':
      picture.applyRanked(delta);
      break;
    case 'alert.changed':
      picture.applyAlert(delta);
      break;
    case 'feeds.changed':
      picture.applyFeed(delta);
      break;
    case 'tasking.changed':
    case 'action.changed':
      picture.applyWork(delta);
      break;
    case 'forecasts.issued':
      picture.advance(delta.seq);
  }
}
