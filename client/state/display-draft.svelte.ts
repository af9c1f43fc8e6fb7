/** A display while it is being written: each field as it stands in the form. */
import { isHorizon, type HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import {
  EVERY_SECONDS,
  type Display,
  type DisplayRole,
  type DisplayView,
  type NamedDisplay,
} from '../../shared/display.ts';
import type { Theme } from '../../shared/theme.ts';

/** Every field of any role, so that none is lost while another role is tried. */
interface DraftView {
  role: DisplayRole;
  /** Empty: all that the screen may see. */
  force: Force | '';
  area: string;
  called: string;
}

export class DisplayDraft {
  name = $state('');
  views = $state<DraftView[]>([emptyView()]);
  everySeconds = $state<number>(EVERY_SECONDS.usual);
  /** Empty in these four: as the screen's own address says. */
  theme = $state<Theme | ''>('');
  horizon = $state<HorizonHours | ''>('');
  look = $state<NonNullable<Display['look']> | ''>('');
  language = $state<NonNullable<Display['language']> | ''>('');

  constructor(named?: NamedDisplay) {
    if (named === undefined) return;
    const { views, everySeconds, theme, horizonHours, look, language } = named.display;
    this.name = named.name;
    this.views = views.map(({ role, force, area, name }) => ({
      ...{ role, force: force ?? '', area: area ?? '', called: name ?? '' },
    }));
    this.everySeconds = everySeconds ?? EVERY_SECONDS.usual;
    this.theme = theme ?? '';
    this.horizon = horizonHours ?? '';
    this.look = look ?? '';
    this.language = language ?? '';
  }

  addView(): void {
    this.views.push(emptyView());
  }

  removeView(index: number): void {
    this.views.splice(index, 1);
  }

  /** As the server takes it: of each view only what belongs to its role. */
  display(): Display {
    const { theme, horizon, look, language } = this;
    return {
      views: this.views.map(viewOf),
      ...(this.views.length > 1 && { everySeconds: this.everySeconds }),
      ...(theme !== '' && { theme }),
      ...(isHorizon(Number(horizon)) && { horizonHours: Number(horizon) as HorizonHours }),
      ...(look !== '' && { look }),
      ...(language !== '' && { language }),
    };
  }
}

function emptyView(): DraftView {
  return { role: 'force', force: '', area: '', called: '' };
}

function viewOf({ role, force, area, called }: DraftView): DisplayView {
  if (role === 'area') {
    const name = called.trim();
    return { role, area: area.replaceAll(' ', ''), ...(name !== '' && { name }) };
  }
  return { role, ...((role === 'force' || role === 'scorecard') && force !== '' && { force }) };
}
