/** Spans, ages, days and months, in English. */
import type { HorizonHours } from '../../../shared/forecast.ts';
import type { TimePrecision } from '../../../shared/incident.ts';
import type { PeriodKind } from '../../../shared/period.ts';
import type { HeatHours } from '../../state/heat-window.ts';

const next: Record<HorizonHours, string> = { 1: 'next hour', 8: 'next 8 h', 24: 'next 24 h' };
const last: Record<HeatHours, string> = {
  1: 'last hour',
  8: 'last 8 h',
  24: 'last 24 h',
  168: 'last 7 days',
};

const knownBy: Record<TimePrecision, string> = {
  minute: '',
  hour: 'hours only',
  day: 'days only',
  month: 'months only',
};
const inPeriod: Record<PeriodKind, (name: string) => string> = {
  day: (name) => `on ${name}`,
  month: (name) => `in ${name}`,
};

export const times = {
  /** For dates and numbers. */
  locale: 'en-GB',
  next,
  last,
  /** The finest times that a feed knows, where those are no moments. */
  knownBy,
  inPeriod,
  periods: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  wholePeriod: (name: string) => `${name}, no times known`,
  noTimes: 'no times known',
  aboutHour: (time: string) => `~${time}`,
  hours: (hours: number) => `${hours} h`,
  seconds: (count: number) => `${count} s`,
  minutes: (count: number) => `${count} min`,
  wholeHours: (count: number) => `${count} h`,
  days: (count: number) => `${count} d`,
};
