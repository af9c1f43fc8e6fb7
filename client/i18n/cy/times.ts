/** Amserau: spans, ages, days and months, in Welsh. */
import type { HorizonHours } from '../../../shared/forecast.ts';
import type { TimePrecision } from '../../../shared/incident.ts';
import type { PeriodKind } from '../../../shared/period.ts';
import type { HeatHours } from '../../state/heat-window.ts';
import type { times as english } from '../en/times.ts';

const next: Record<HorizonHours, string> = { 1: 'awr nesaf', 8: '8 awr nesaf', 24: '24 awr nesaf' };
const last: Record<HeatHours, string> = {
  1: 'awr ddiwethaf',
  8: '8 awr ddiwethaf',
  24: '24 awr ddiwethaf',
  168: '7 diwrnod diwethaf',
};

const knownBy: Record<TimePrecision, string> = {
  minute: '',
  hour: 'oriau yn unig',
  day: 'dyddiau yn unig',
  month: 'misoedd yn unig',
};
const inPeriod: Record<PeriodKind, (name: string) => string> = {
  day: (name) => `ar ${name}`,
  month: (name) => `yn ystod ${name}`,
};

export const times: typeof english = {
  locale: 'cy-GB',
  next,
  last,
  knownBy,
  inPeriod,
  periods: (first, last) => (first === last ? first : `${first} hyd ${last}`),
  wholePeriod: (name) => `${name}, amserau’n anhysbys`,
  noTimes: 'amserau’n anhysbys',
  aboutHour: (time) => `~${time}`,
  hours: (hours) => `${hours} awr`,
  seconds: (count) => `${count} eiliad`,
  minutes: (count) => `${count} ${count === 2 ? 'funud' : 'munud'}`,
  wholeHours: (count) => `${count} awr`,
  days: (count) => (count === 2 ? '2 ddiwrnod' : `${count} diwrnod`),
};
