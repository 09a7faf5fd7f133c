import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import type { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import { BREAKER } from '../trigger-holds/request.ts';
import type { BreakerEvent } from './breaker-event.ts';

/** What is known of a pipeline's breaker, in whatever order it was heard and however often. */
export interface BreakerState {
  /** The newest outcome of each batch. */
  readonly outcomes: Readonly<Record<string, BatchFailed | BatchLoaded>>;
  /** When somebody last let it go: what failed before counts no more. */
  readonly resumed?: ResumeRequested;
  /** The ids of its openings that have been told. */
  readonly opened: readonly string[];
}

export const initialBreaker: BreakerState = { outcomes: {}, opened: [] };

/** The state after one more event. */
export const evolveBreaker = (state: BreakerState, event: BreakerEvent): BreakerState => {
  switch (event.type) {
    case 'batch.failed.v1':
    case 'batch.loaded.v1': {
      const known = state.outcomes[event.batchId];
      if (known && compareEvents(known, event) >= 0) return state;
      return { ...state, outcomes: { ...state.outcomes, [event.batchId]: event } };
    }
    case 'resume.requested.v1':
      if (event.data.holder !== BREAKER) return state;
      if (state.resumed && compareEvents(state.resumed, event) >= 0) return state;
      return { ...state, resumed: event };
    case 'breaker.opened.v1':
      return state.opened.includes(event.id) ? state : { ...state, opened: [...state.opened, event.id] };
  }
};

interface Said {
  readonly time: string;
  readonly id: string;
}

/** Which of two events was said first. */
export const compareEvents = (a: Said, b: Said): number =>
  Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
