/** When one could first know of what a stored row tells. */

/**
 * Of `incidents i`: a recorded row was known when it was reported, or when it happened; any other when it was received.
 */
export const KNOWN_AT = `case i.origin when 'recorded' then coalesce(i.reported_at, i.occurred_at) else i.received_at end`;
