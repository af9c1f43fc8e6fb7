/** Whether the picture is kept up: not yet, at present, or no more. */
export type Connection = 'connecting' | 'live' | 'stale';
