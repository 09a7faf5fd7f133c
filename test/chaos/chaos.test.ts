import { describe, expect, it } from '@jest/globals';
import { withDirectory } from '../e2e/firn.ts';
import { newestValid, versionedOrders } from '../fixtures/versioned-orders.ts';
import { weather } from './stormy-stack.ts';

describe('the whole stack, its messages doubled and disordered and its functions killed before they acknowledge,', () => {
  it.each([1, 2])(
    'ends with every document where it belongs (seed %d)',
    async (seed) => {
      const documents = versionedOrders(seed, 2, 25);
      const chaos = { seed, duplicate: 0.2, reorder: 0.3, crashBeforeAck: 0.15 };

      const found = await withDirectory((directory) => weather(directory, documents, chaos));

      const rows = newestValid(documents).flatMap((it) => it.rows);
      expect(found.ending).toBe('quiet');
      expect(found.batches.map((it) => it.status)).toEqual(found.batches.map(() => 'complete'));
      expect(found.target).toEqual(rows.sort());
      expect(found.held).toHaveLength(documents.filter((it) => it.broken).length);
      expect(found.audit.problems).toEqual([]);
      expect(found.audit.documents).toMatchObject({
        in: documents.length,
        loaded: newestValid(documents).length,
        rejected: documents.filter((it) => it.broken === 'document').length,
        quarantined: documents.filter((it) => it.broken === 'order').length,
      });
      expect(found.historyRows).toBe(documents.reduce((sum, it) => sum + it.items, 0));
      expect(found.manifestRows).toBe(found.batches.length);
    },
    120_000,
  );
});
