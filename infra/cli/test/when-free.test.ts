import { describe, expect, it } from '@jest/globals';
import { whenFree } from '../when-free.ts';

const LOCKED =
  'IO Error: Could not set lock on file "/d/warehouse.duckdb": Conflicting lock is held in /bin/node (PID 42). See also …';

/** Does work that finds the files held for so many tries. */
const heldFor = async (tries: number, message = LOCKED) => {
  let clock = 0;
  let tried = 0;
  const work = async (): Promise<string> => {
    tried += 1;
    if (tried <= tries) throw new Error(message);
    return `free at the ${tried}.`;
  };
  const time = { now: () => clock, pause: async (milliseconds: number) => void (clock += milliseconds) };
  return whenFree('.firn', work, time);
};

describe('files that another process holds', () => {
  it('are waited for a little while', async () => {
    expect(await heldFor(3)).toBe('free at the 4.');
  });

  it('are not waited for longer than that, and the process is named', async () => {
    await expect(heldFor(1000)).rejects.toMatchObject({
      message: 'process 42 holds the warehouse in .firn',
      next: 'ps -fp 42',
      exitCode: 2,
    });
  });

  it('are no excuse for other failures', async () => {
    await expect(heldFor(1, 'disk full')).rejects.toThrow('disk full');
  });
});
