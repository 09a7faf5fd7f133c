import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReplayAnswered } from '../../../events/replay-answered.v1.ts';
import { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example, exampleTransformedStage } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import type { BatchEvent } from '../batch-event.ts';
import { decideReplay, whereItStands } from '../replay/decide-replay.ts';
import { replayBatch } from '../replay/service.ts';
import { claimed, completed, extracted, failed, loaded, transformed, triggered, validated } from './story.ts';

const expectGolden = golden(import.meta.url);
const request = (from: ReplayRequested['data']['from'] = null): ReplayRequested =>
  example(ReplayRequested, {}, { from });
const judged = (attempt = 1) => exampleTransformedStage({ attempt });
const untilLoad = [claimed(), triggered(), extracted(), validated(), transformed(), judged()];
const answered = example(ReplayAnswered);
const rowOf = ({ type, ...detail }: BatchEvent) => ({ EVENT_TYPE: type, DETAIL: detail });
const now = new Date(answered.time);
const failedIn = (service: string, on: BatchEvent): BatchEvent => ({
  ...failed(on.attempt),
  data: { ...failed().data, service, failedEvent: { id: on.id, type: on.type } },
});
const deciding = (given: readonly BatchEvent[], from: ReplayRequested['data']['from'] = null) => {
  const decision = decideReplay(given, request(from), now);
  return 'refused' in decision ? decision.refused : [decision.stage, decision.event.type, decision.event.attempt];
};

describe('a replay', () => {
  it.each<[string, readonly BatchEvent[], readonly unknown[]]>([
    ['extract', [claimed(), triggered(), failedIn('extract', triggered())], ['extract', 'batch.triggered.v1', 2]],
    [
      'validate, before transform',
      [triggered(), extracted(), failedIn('validate', extracted())],
      ['validate', 'batch.extracted.v1', 2],
    ],
    [
      'validate, after transform',
      [triggered(), extracted(), validated(), transformed(), failedIn('validate', transformed())],
      ['validate', 'batch.transformed.v1', 2],
    ],
    [
      'transform',
      [triggered(), extracted(), validated(), failedIn('transform', validated())],
      ['transform', 'batch.validated.v1', 2],
    ],
    ['load', [...untilLoad, failedIn('load', judged())], ['load', 'batch.validated.v1', 2]],
    [
      'the coordinator, before the start',
      [claimed(), failedIn('coordinator', claimed())],
      ['extract', 'batch.triggered.v1', 2],
    ],
  ])('starts again where the batch failed: in %s', (_, given, then) => {
    expect(deciding(given)).toEqual(then);
  });

  it.each<[string, readonly BatchEvent[], string]>([
    ['has only been claimed', [claimed()], 'extract'],
    ['is being extracted', [claimed(), triggered()], 'extract'],
    ['is being validated', [triggered(), extracted()], 'validate'],
    ['is being transformed', [triggered(), extracted(), validated()], 'transform'],
    ['is being loaded', untilLoad, 'load'],
    ['is over', [...untilLoad, loaded(), completed()], 'extract'],
  ])('starts where a batch stands that %s', (_, given, then) => {
    expect(whereItStands(given)).toBe(then);
    expect(deciding(given)).toEqual([then, expect.any(String), 2]);
  });

  it.each<[ReplayRequested['data']['from'], string]>([
    ['extract', 'batch.triggered.v1'],
    ['validate', 'batch.extracted.v1'],
    ['transform', 'batch.validated.v1'],
    ['load', 'batch.validated.v1'],
  ])('starts from %s if that is asked for', (from, type) => {
    expect(deciding([...untilLoad, failedIn('load', judged())], from)).toEqual([from, type, 2]);
  });

  it('emits the stored event as it was, but for attempt, time, cause and trace', () => {
    const stored = validated();

    expect(decideReplay([triggered(), extracted(), stored], request('transform'), now)).toEqual({
      stage: 'transform',
      stored,
      event: {
        ...stored,
        id: answered.data.started?.event.id,
        time: now.toISOString(),
        attempt: 2,
        causationId: request().id,
        traceId: request().id,
      },
    });
  });

  it('takes the next attempt after all others, also one of which only the beginning is known', () => {
    const other = { ...answered, id: '00000000-0000-4000-8000-000000000001', traceId: 'other', attempt: 4 };

    expect(deciding([triggered(), extracted(), validated(3), other])).toEqual(['transform', 'batch.validated.v1', 5]);
  });

  it('decides the same again when it has begun already', () => {
    const begun = { ...validated(2), traceId: request().id };

    expect(deciding([triggered(), extracted(), validated(), begun, answered], 'transform')).toEqual([
      'transform',
      'batch.validated.v1',
      2,
    ]);
  });

  it.each<[string, readonly BatchEvent[], ReplayRequested['data']['from'], string]>([
    ['a batch that nobody knows', [], null, 'nothing is known of a batch'],
    ['a stage that was never reached', [triggered(), extracted()], 'load', 'has never come to load'],
    ['tables that are gone', [...untilLoad, loaded(), completed()], 'transform', 'replay it from extract'],
  ])('is refused for %s', (_, given, from, then) => {
    expect(deciding(given, from)).toContain(then);
  });
});

describe('replayBatch', () => {
  let bus: FakeBus;
  beforeEach(() => {
    bus = fakeBus();
  });
  const replaying = (warehouse: ReturnType<typeof fakeWarehouse>) =>
    replayBatch({ warehouse, publish: bus.publish, now: () => now, stage: 'dev' });
  const history = [claimed(), triggered(), extracted(), validated(), failedIn('transform', validated())].map(rowOf);

  it('takes the attempt before it emits the event again', async () => {
    const warehouse = fakeWarehouse({ 'read-batch': history, 'reserve-attempt': 1 });

    await replaying(warehouse)(request('transform'));

    expect(warehouse.journal).toEqual([
      'append-event',
      'read-batch',
      'begin',
      'take-turn',
      'reserve-attempt',
      'commit',
    ]);
    warehouse.statements.slice(-2).forEach((it) => expectGolden(it));
    expect(bus.events).toMatchObject([answered, { type: 'batch.validated.v1', attempt: 2, causationId: request().id }]);
  });

  it('refuses a batch whose rows a backfill has taken over', async () => {
    const over = [...untilLoad, loaded(), completed()].map(rowOf);
    const id = 'BF20260105110000_A1B2C3D4';
    const warehouse = fakeWarehouse({ 'read-batch': over, 'read-fates': [{ BACKFILL_ID: id }] });

    await replaying(warehouse)(request('extract'));

    expect(bus.events).toMatchObject([{ data: { started: null, refused: expect.stringContaining(id) } }]);
  });

  it('waits when somebody else has taken the attempt meanwhile', async () => {
    const replayed = replaying(fakeWarehouse({ 'read-batch': history, 'reserve-attempt': 0 }))(request());

    await expect(replayed).rejects.toMatchObject({ kind: 'RetryLater' });
    expect(bus.events).toEqual([]);
  });

  it('says the same again when it died before the bus had it', async () => {
    const warehouse = fakeWarehouse({
      'read-batch': { inTurn: [history, [...history, rowOf(answered)]] },
      'reserve-attempt': 1,
    });
    bus.refuseOnce(new RetryLater('throttled'));

    await expect(replaying(warehouse)(request('transform'))).rejects.toThrow('throttled');
    await replaying(warehouse)(request('transform'));

    expect(warehouse.journal.filter((it) => it === 'reserve-attempt')).toHaveLength(1);
    expect(bus.events.map((it) => it.id)).toEqual([answered.id, answered.data.started?.event.id]);
  });

  it('does nothing more once its event has been heard', async () => {
    const heard = {
      ...validated(2),
      id: answered.data.started!.event.id,
      causationId: request().id,
      traceId: request().id,
    };
    const warehouse = fakeWarehouse({ 'read-batch': [...history, rowOf(answered), rowOf(heard)] });

    await replaying(warehouse)(request('transform'));

    expect(bus.events).toEqual([]);
  });

  it('says why not', async () => {
    await replaying(fakeWarehouse({ 'read-batch': [triggered()].map(rowOf) }))(request('load'));

    expect(bus.events).toMatchObject([
      { type: 'replay.answered.v1', data: { started: null, refused: expect.stringContaining('never come to load') } },
    ]);
  });
});
