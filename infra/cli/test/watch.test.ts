import { describe, expect, it } from '@jest/globals';
import type { FlowState } from '../flow/flow-state.ts';
import { follow } from '../flow/watch.ts';
import { stateOf } from './events.ts';

/** Follows states that are read one after another, a second apart; the last one stays. */
const following = async (states: readonly FlowState[], stopAfter = Infinity) => {
  const shown: FlowState[] = [];
  const stop = new AbortController();
  let clock = 0;
  const { ending } = await follow(
    {
      read: async () => states[Math.min(shown.length, states.length - 1)]!,
      show: (state) => {
        shown.push(state);
        if (shown.length >= stopAfter) stop.abort();
      },
      stop: stop.signal,
      now: () => clock,
      pause: async () => (clock += 1000),
    },
    { files: [], timeoutSeconds: 5 },
  );
  return { ending, shown: shown.length };
};

const waiting = (count: number): FlowState => stateOf({ waiting: count });

describe('following a run', () => {
  it('ends as soon as it is quiet', async () => {
    expect(await following([waiting(2), waiting(1), stateOf({})])).toEqual({ ending: 'quiet', shown: 3 });
  });

  it('ends when nothing has moved for the stated time', async () => {
    expect(await following([waiting(2)])).toEqual({ ending: 'stuck', shown: 6 });
  });

  it('begins to count again whenever something moves', async () => {
    const slow = [1, 2, 3, 4, 5, 6, 7, 8].map(waiting);
    expect(await following([...slow, stateOf({})])).toEqual({ ending: 'quiet', shown: 9 });
  });

  it('spends a tenth of the time on looking, but never lets a second pass without a look', async () => {
    const pauses: number[] = [];
    const stop = new AbortController();
    let clock = 0;
    await follow(
      {
        read: async () => {
          clock += 100 * (pauses.length + 1) ** 2;
          return waiting(1);
        },
        show: () => undefined,
        stop: stop.signal,
        now: () => clock,
        pause: async (milliseconds) => {
          if (pauses.push(milliseconds) === 3) stop.abort();
        },
      },
      { files: [], timeoutSeconds: 60 },
    );

    expect(pauses).toEqual([900, 1000, 1000]);
  });

  it('ends when the user says stop', async () => {
    expect(await following([waiting(2)], 2)).toEqual({ ending: 'stopped', shown: 2 });
  });
});
