import { describe, expect, it } from '@jest/globals';
import { TransactionNumbers } from '../transaction-numbers.ts';

describe('transaction numbers', () => {
  it('tell which transactions were under way when one began', async () => {
    const numbers = new TransactionNumbers(5, async () => undefined);
    const first = await numbers.begin();
    const second = await numbers.begin();
    numbers.end(first.number);
    const third = await numbers.begin();
    expect(first).toEqual({ number: 5, frontier: { next: 5, active: [] } });
    expect(second.frontier).toEqual({ next: 6, active: [5] });
    expect(third.frontier).toEqual({ next: 7, active: [6] });
  });

  it('are made durable before they are handed out', async () => {
    const reserved: number[] = [];
    const numbers = new TransactionNumbers(1, async (below) => {
      reserved.push(below);
    });
    const taken = await Promise.all([numbers.take(), numbers.take(), numbers.take()]);
    expect(taken).toEqual([1, 2, 3]);
    expect(reserved).toHaveLength(1);
    expect(reserved[0]).toBeGreaterThan(3);
  });
});
