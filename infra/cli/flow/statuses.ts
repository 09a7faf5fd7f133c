/** What a batch's events add up to; apart, so that the command line starts while the coordinator's code is broken. */
export const STATUSES = ['claimed', 'running', 'failed', 'loaded', 'complete'] as const;
export type Status = (typeof STATUSES)[number];
