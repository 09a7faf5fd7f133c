import { describe, expect, it } from '@jest/globals';
import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import { QuarantineReleased } from '../../../events/quarantine-released.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example } from '../../../shared/testing/examples.ts';
import type { BatchEvent } from '../batch-event.ts';
import { decide } from '../decide.ts';
import { evolve, initialState } from '../evolve.ts';
import { claimed, completed, extracted, failed, loaded, transformed, triggered, validated } from './story.ts';

const deciding = (given: readonly BatchEvent[], when: BatchEvent) =>
  decide([...given, when].reduce(evolve, initialState), when, new Date(when.time)).map(({ event }) => event);
const { batchId, pipeline, traceId } = claimed();
const released = (documents = 3) => example(QuarantineReleased, {}, { documents });
const starting = (when: BatchEvent, byBreaker: boolean, byAnybody: boolean) =>
  decide([when].reduce(evolve, initialState), when, new Date(when.time), { byBreaker, byAnybody }).map(
    (it) => it.event,
  );

describe('what the coordinator says', () => {
  it('starts a claimed batch', () => {
    expect(deciding([], claimed())).toMatchObject([
      {
        type: BatchTriggered.type,
        causationId: claimed().id,
        batchId,
        pipeline,
        traceId,
        attempt: 1,
        data: claimed().data,
      },
    ]);
  });

  it('starts what was released from quarantine like a batch of its own', () => {
    expect(deciding([], released())).toMatchObject([
      {
        type: BatchTriggered.type,
        causationId: released().id,
        batchId: released().batchId,
        attempt: 1,
        data: { source: released().data.source, documents: 3 },
      },
    ]);
    expect(deciding([], released(0))).toEqual([]);
  });

  it('keeps what was claimed back while the breaker holds, and what was released while anybody does', () => {
    expect(starting(claimed(), true, true)).toEqual([]);
    expect(starting(claimed(), false, true)).toHaveLength(1);
    expect(starting(released(), false, true)).toEqual([]);
    expect(starting(released(), false, false)).toHaveLength(1);
  });

  it('completes a loaded batch', () => {
    expect(deciding([claimed(), triggered()], loaded())).toMatchObject([
      {
        type: BatchCompleted.type,
        causationId: loaded().id,
        data: { source: claimed().data.source, target: loaded().data.target },
      },
    ]);
  });

  it.each<[string, readonly BatchEvent[], BatchEvent]>([
    ['a claim that is repeated while the batch runs', [claimed(), triggered()], claimed()],
    ['a claim that is repeated after the batch failed', [claimed(), failed()], claimed()],
    ['a claim that is repeated after the end', [loaded(), completed()], claimed()],
    ['a trigger', [claimed()], triggered()],
    ['an extraction', [triggered()], extracted()],
    ['a validation', [triggered()], validated()],
    ['a transformation', [triggered()], transformed()],
    ['a failure', [triggered()], failed()],
    ['an end', [loaded()], completed()],
  ])('is nothing about %s', (_, given, when) => {
    expect(deciding(given, when)).toEqual([]);
  });

  it.each<[string, readonly BatchEvent[]]>([
    ['failed', [claimed(), triggered(), failed()]],
    ['stands still', [claimed(), triggered(), extracted()]],
  ])('starts a batch that %s over when its claim is emitted again as the next attempt', (_, given) => {
    expect(deciding(given, claimed(2))).toMatchObject([{ type: BatchTriggered.type, attempt: 2 }]);
  });

  it('is the same, under the same id, when it decides about the same event again', () => {
    const once = deciding([claimed(), triggered()], loaded());

    expect(deciding([claimed(), triggered(), loaded(), completed()], loaded())).toEqual(once);
  });

  it('waits when it can not see yet where a loaded batch has its documents', () => {
    expect(() => deciding([], loaded())).toThrow(RetryLater);
    expect(() => deciding([failed()], loaded())).toThrow("no event seen so far says where the batch's documents are");
  });
});
