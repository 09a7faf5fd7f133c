import type { TriggerEvent, TriggerRequest } from './trigger-event.ts';

/** The newest request of each holder. */
export type HoldState = Readonly<Record<string, TriggerRequest>>;

/** One reason why a trigger stands still. */
export interface Hold {
  readonly holder: string;
  readonly why: string;
  readonly since: string;
}

export const noHolds: HoldState = {};

/** The state after one more event, in whatever order and however often they come: of each holder's requests the newest counts. */
export const evolveHolds = (state: HoldState, event: TriggerEvent): HoldState => {
  if (event.type !== 'suspend.requested.v1' && event.type !== 'resume.requested.v1') return state;
  const known = state[event.data.holder];
  if (known && !isNewer(event, known)) return state;
  return { ...state, [event.data.holder]: event };
};

/** Who holds the trigger, the first of them first; nobody: it runs. */
export const holdsIn = (state: HoldState): readonly Hold[] =>
  Object.values(state)
    .flatMap((it) =>
      it.type === 'suspend.requested.v1' ? [{ holder: it.data.holder, why: it.data.why, since: it.time }] : [],
    )
    .toSorted((a, b) => compare(a.since, b.since) || compare(a.holder, b.holder));

const isNewer = (one: TriggerRequest, other: TriggerRequest): boolean =>
  (compare(one.time, other.time) || compare(one.id, other.id)) > 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
