/** What may have become of a document that was held once. */
export const STATES = ['held', 'released', 'loaded', 'superseded', 'discarded'] as const;
export type State = (typeof STATES)[number];
