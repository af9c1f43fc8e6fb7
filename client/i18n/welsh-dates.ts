/** Dates in Welsh where the runtime knows none: Chromium comes without, and would write American English instead. */

const MONTHS: Readonly<Record<string, string>> = {
  ...{ January: 'Ionawr', February: 'Chwefror', March: 'Mawrth', April: 'Ebrill', May: 'Mai' },
  ...{ June: 'Mehefin', July: 'Gorffennaf', August: 'Awst', September: 'Medi', October: 'Hydref' },
  ...{ November: 'Tachwedd', December: 'Rhagfyr' },
  ...{ Jan: 'Ion', Feb: 'Chwef', Mar: 'Maw', Apr: 'Ebr', Jun: 'Meh', Jul: 'Gorff', Aug: 'Awst' },
  ...{ Sept: 'Medi', Sep: 'Medi', Oct: 'Hyd', Nov: 'Tach', Dec: 'Rhag' },
};
const WEEKDAYS: Readonly<Record<string, string>> = {
  ...{ Monday: 'Dydd Llun', Tuesday: 'Dydd Mawrth', Wednesday: 'Dydd Mercher', Thursday: 'Dydd Iau' },
  ...{ Friday: 'Dydd Gwener', Saturday: 'Dydd Sadwrn', Sunday: 'Dydd Sul' },
  ...{ Mon: 'Llun', Tue: 'Maw', Wed: 'Mer', Thu: 'Iau', Fri: 'Gwen', Sat: 'Sad', Sun: 'Sul' },
};

/** A format of the runtime's own, or one that can stand in for it. */
export type DateFormat = Pick<Intl.DateTimeFormat, 'format'>;

/** @param locale `en-GB` or `cy-GB` */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): DateFormat {
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  return isKnown ? new Intl.DateTimeFormat(locale, options) : welshFormat(options);
}

/** Britain's order and marks, which are Wales's too, with the Welsh names of days and months. */
export function welshFormat(options: Intl.DateTimeFormatOptions): DateFormat {
  const british = new Intl.DateTimeFormat('en-GB', options);
  return {
    format: (instant) =>
      british
        .formatToParts(instant)
        .map(({ type, value }, index, parts) => {
          if (type === 'month') return MONTHS[value] ?? value;
          if (type === 'weekday') return WEEKDAYS[value] ?? value;
          return value === ' ' && parts[index - 1]?.type === 'weekday' ? ', ' : value;
        })
        .join(''),
  };
}
