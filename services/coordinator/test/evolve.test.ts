import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { BatchEvent } from '../batch-event.ts';
import { evolve, initialState, type BatchStatus } from '../evolve.ts';
import { claimed, completed, EVENTS, extracted, failed, loaded, transformed, triggered, validated } from './story.ts';

const stateAfter = (events: readonly BatchEvent[]) => events.reduce(evolve, initialState);
const table = { source: claimed().data.source, target: loaded().data.target };

describe('what is known of a batch', () => {
  it.each<[string, readonly BatchEvent[], { status: BatchStatus; attempt: number }]>([
    ['of nothing, nothing', [], { status: 'unknown', attempt: 0 }],
    ['a claim waits to be started', [claimed()], { status: 'claimed', attempt: 1 }],
    ['a trigger starts it', [claimed(), triggered()], { status: 'running', attempt: 1 }],
    [
      'every stage keeps it running',
      [triggered(), extracted(), validated(), transformed()],
      { status: 'running', attempt: 1 },
    ],
    ['a failure stops it', [claimed(), triggered(), failed()], { status: 'failed', attempt: 1 }],
    ['a stage heard late does not undo a failure', [failed(), extracted()], { status: 'failed', attempt: 1 }],
    [
      'a newer attempt makes the failure history',
      [triggered(), failed(), validated(2)],
      { status: 'running', attempt: 2 },
    ],
    ["an older attempt's failure comes too late", [validated(2), failed(1)], { status: 'running', attempt: 2 }],
    ['a newer attempt may fail too', [failed(1), validated(2), failed(2)], { status: 'failed', attempt: 2 }],
    [
      'a claim emitted again starts over',
      [claimed(), triggered(), failed(), claimed(2)],
      { status: 'claimed', attempt: 2 },
    ],
    [
      'a batch that stands still starts over as well',
      [claimed(), triggered(), claimed(2)],
      { status: 'claimed', attempt: 2 },
    ],
    ['what is loaded stays loaded', [loaded(), failed(2)], { status: 'loaded', attempt: 2 }],
    ['a failure before the load is forgotten', [failed(), loaded()], { status: 'loaded', attempt: 1 }],
    ['complete is the end', [completed(), loaded(), failed(), triggered(2)], { status: 'complete', attempt: 2 }],
  ])('%s', (_, given, then) => {
    expect(stateAfter(given)).toMatchObject(then);
  });

  it('knows the tables as soon as an event names them', () => {
    expect(stateAfter([failed()])).toEqual({ status: 'failed', attempt: 1 });
    expect(stateAfter([triggered()])).toMatchObject({ source: table.source });
    expect(stateAfter([claimed(), loaded()])).toMatchObject(table);
  });

  it('does not depend on the order in which events come, nor on how often', () => {
    const attempt = fc.integer({ min: 1, max: 3 });
    const story = (makers: typeof EVENTS, maxLength: number) =>
      fc.array(
        fc.tuple(fc.constantFrom(...makers), attempt).map(([make, of]) => make(of)),
        { maxLength },
      );
    // Nothing shows behind the end of a batch, so that most stories are short and go without.
    const stories = fc.oneof(
      { weight: 4, arbitrary: story([claimed, extracted, failed], 5) },
      { weight: 1, arbitrary: story(EVENTS, 12) },
    );
    const disordered = stories.chain((events) =>
      fc.record({
        events: fc.constant(events),
        again: fc
          .shuffledSubarray(events)
          .chain((some) => fc.shuffledSubarray([...events, ...some], { minLength: events.length + some.length })),
      }),
    );

    fc.assert(
      fc.property(disordered, ({ events, again }) => {
        expect(stateAfter(again)).toEqual(stateAfter(events));
      }),
      { numRuns: 1000 },
    );
  });
});
