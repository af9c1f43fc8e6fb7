/** Alerts: what kinds there are, and the classes of emerging hotspots as analysts know them. */

/** More incidents than forecast, beyond chance; raised risk after an incident nearby; an administrator's rule. */
export const ALERT_KINDS = ['emerging', 'near-repeat', 'rule'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** How an emerging hotspot has gone on; `models/emerging/place-class.ts` defines each. */
export const EMERGING_CLASSES = ['new', 'intensifying', 'persistent', 'diminishing', 'sporadic'] as const;
export type EmergingClass = (typeof EMERGING_CLASSES)[number];
