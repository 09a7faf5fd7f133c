import { describe, expect, it } from '@jest/globals';
import { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import type { StoryEvent } from '../backfill/backfill-event.ts';
import { MAX_ATTEMPTS } from '../backfill/chunks.ts';
import { decideBackfill } from '../backfill/decide.ts';
import { evolveBackfill, initialBackfill } from '../backfill/evolve.ts';

const requested = (data: object = {}) => example(BackfillRequested, {}, data);
const id = requested().batchId;
const source = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_BACKFILL_SOURCE_X';
const chunk = (number: number) => `${id}_C00${number}`;
const step = (data: BackfillAdvanced['data']): BackfillAdvanced => ({
  ...example(BackfillAdvanced, { time: requested().time }),
  data,
});
const chunks = [1, 2].map((it) => ({ batchId: chunk(it), documents: 5 }));
const claimed = step({ step: 'claimed', source, chunks } as BackfillAdvanced['data']);
const compared = (open: string[], barred = false) => step({ step: 'compared', open, barred });
const published = step({ step: 'published' });
const instructed = (instruction: string, causationId: string | null = null) =>
  example(BackfillInstructed, { causationId }, { instruction });
const ended = (outcome = 'published') => example(BackfillEnded, {}, { outcome });
const shape = {
  live: 'A.B.C',
  shadow: 'A.B.C_X',
  key: ['K'],
  columns: [{ name: 'K', type: 'VARCHAR' }],
};
const triggered = (number: number, attempt = 1) => example(BatchTriggered, { batchId: chunk(number), attempt });
const extracted = (number: number) => example(BatchExtracted, { batchId: chunk(number) }, { history: shape });
const loaded = (number: number) => example(BatchLoaded, { batchId: chunk(number) }, { shape });
const failed = (number: number, attempt = 1) => example(BatchFailed, { batchId: chunk(number), attempt });

const begun = [requested(), step({ step: 'held' }), step({ step: 'drained' }), claimed];
const rebuilt = [...begun, triggered(1), extracted(1), loaded(1), triggered(2), extracted(2), loaded(2)];
const stateOf = (given: readonly StoryEvent[]) => given.reduce(evolveBackfill, initialBackfill);
const deciding = (given: readonly StoryEvent[], hours = 0) =>
  decideBackfill(stateOf(given), new Date(Date.parse(requested().time) + hours * 3_600_000));

describe('a backfill', () => {
  it.each<[string, readonly StoryEvent[], object]>([
    ['waits for its request', [instructed('cancel')], { do: 'wait' }],
    ['holds the trigger first', [requested()], { do: 'hold' }],
    ['then waits for batches in flight', begun.slice(0, 2), { do: 'drain' }],
    ['then takes its documents', begun.slice(0, 3), { do: 'claim' }],
    ['starts all chunks at once', begun, { do: 'start', chunks: chunks.map((it) => ({ ...it, attempt: 1 })) }],
    [
      'waits for the chunks that run',
      [...begun, triggered(1), triggered(2), loaded(2)],
      { do: 'wait', for: '1 of 2 chunks' },
    ],
    [
      'starts a chunk that failed over, alone',
      [...begun, triggered(1), failed(1), triggered(2)],
      { do: 'start', chunks: [{ batchId: chunk(1), documents: 5, attempt: 2 }] },
    ],
    [
      'gives up when a chunk has failed too often',
      [...begun, triggered(1, MAX_ATTEMPTS), failed(1, MAX_ATTEMPTS), triggered(2)],
      { do: 'end', outcome: 'failed' },
    ],
    [
      'has nothing to rebuild without documents',
      [...begun.slice(0, 3), step({ step: 'claimed', source, chunks: [] } as unknown as BackfillAdvanced['data'])],
      { do: 'end', outcome: 'failed' },
    ],
    ['compares once all chunks are loaded', rebuilt, { do: 'compare' }],
    ['publishes what is identical or as announced', [...rebuilt, compared([])], { do: 'publish' }],
    ['waits for somebody to approve other differences', [...rebuilt, compared(['1 row more'])], { do: 'wait' }],
    [
      'publishes an approved comparison',
      [...rebuilt, compared(['x']), instructed('approve', compared([]).id)],
      { do: 'publish' },
    ],
    [
      'does not take the approval of another comparison',
      [...rebuilt, compared(['x']), instructed('approve')],
      { do: 'wait' },
    ],
    [
      'publishes without asking where that was asked for',
      [requested({ approveAutomatically: true }), ...rebuilt.slice(1), compared(['x'])],
      { do: 'publish' },
    ],
    [
      'is never published where other columns than the only ones differ',
      [requested({ approveAutomatically: true }), ...rebuilt.slice(1), compared(['x'], true)],
      { do: 'wait' },
    ],
    ['ends once it is published', [...rebuilt, compared([]), published], { do: 'end', outcome: 'published' }],
    ['does nothing after its end', [...rebuilt, compared([]), published, ended()], { do: 'wait' }],
    ['is taken back after its end', [...rebuilt, published, ended(), instructed('rollback')], { do: 'restore' }],
    [
      'is taken back once',
      [...rebuilt, published, ended(), instructed('rollback'), step({ step: 'restored' })],
      { do: 'wait' },
    ],
    [
      'can not be taken back where it was not published',
      [requested(), ended('cancelled'), instructed('rollback')],
      { do: 'wait' },
    ],
    [
      'is not cancelled any more once it is published',
      [...rebuilt, published, compared([]), instructed('cancel')],
      { do: 'end', outcome: 'published' },
    ],
    [
      'ends when the coordinator gave a step up',
      [...begun, example(BatchFailed, { batchId: id })],
      { do: 'end', outcome: 'failed' },
    ],
  ])('%s', (_, given, expected) => {
    expect(deciding(given)).toMatchObject(expected);
    // In whatever order and however often events come, the same follows.
    expect(deciding([...given, ...given].toReversed())).toEqual(deciding(given));
  });

  const steps = [1, 2, 3, 4, 6, 10].map((it) => rebuilt.slice(0, it));
  it.each([...steps, [...rebuilt, compared(['x'])]].map((it) => [it.at(-1)!.type, it] as const))(
    'is cancelled after %s',
    (_, given) => {
      expect(deciding([...given, instructed('cancel')])).toMatchObject({ do: 'end', outcome: 'cancelled' });
    },
  );

  it.each([...steps, [...rebuilt, compared(['x'])]].map((it) => [it.at(-1)!.type, it] as const))(
    'ends, and lets the trigger go, when it stands still after %s',
    (_, given) => {
      expect(deciding(given, 25)).toMatchObject({ do: 'end', outcome: 'failed' });
    },
  );

  it('refuses an id that its chunks could not be told by', () => {
    expect(deciding([example(BackfillRequested, { batchId: 'MINE' })])).toMatchObject({ do: 'refuse' });
  });
});
