import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { answer } from '../../shared/bus/answer.ts';
import type { Outgoing } from '../../shared/bus/publisher.ts';
import { RetryLater } from '../../shared/errors.ts';
import type { BatchEvent } from './batch-event.ts';
import type { BatchState } from './evolve.ts';
import { triggerData } from './replay/stages.ts';

/** Whether a batch that is ready must wait: a breaker holds all back, any other holder what operators release. */
export interface Holding {
  readonly byBreaker: boolean;
  readonly byAnybody: boolean;
}

/**
 * What to say in answer to an event, given all that is known of its batch. The answers' ids follow from the event's, so
 * that deciding twice says the same thing twice.
 */
export const decide = (
  state: BatchState,
  event: BatchEvent,
  now: Date,
  held: Holding = { byBreaker: false, byAnybody: false },
): readonly Outgoing[] => {
  switch (event.type) {
    case 'batch.claimed.v1': {
      // The trigger repeats itself until it is heard; a batch that is under way already needs no second start.
      if (state.status !== 'claimed' || held.byBreaker) return [];
      return [{ contract: BatchTriggered, event: answer(event, BatchTriggered, event.data, now) }];
    }
    case 'quarantine.released.v1':
      if (state.status !== 'claimed' || held.byAnybody) return [];
      return [{ contract: BatchTriggered, event: answer(event, BatchTriggered, triggerData(event), now) }];
    case 'batch.loaded.v1': {
      // Who loaded had heard of the batch, so that its earlier events are written down: this session can't see them yet.
      if (state.source === undefined) throw new RetryLater("no event seen so far says where the batch's documents are");
      const data = { source: state.source, target: event.data.target };
      return [{ contract: BatchCompleted, event: answer(event, BatchCompleted, data, now) }];
    }
    case 'batch.triggered.v1':
    case 'batch.extracted.v1':
    case 'batch.validated.v1':
    case 'batch.transformed.v1':
    case 'batch.completed.v1':
    case 'batch.failed.v1':
    case 'release.requested.v1':
    case 'replay.requested.v1':
    case 'replay.answered.v1':
      return [];
  }
};
