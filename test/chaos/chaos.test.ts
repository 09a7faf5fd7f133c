import { describe, expect, it } from '@jest/globals';
import { withDirectory } from '../e2e/firn.ts';
import { SEEDS } from '../fixtures/seeds.ts';
import { newestValid, versionedOrders, type VersionedOrder } from '../fixtures/versioned-orders.ts';
import { weather } from './stormy-stack.ts';

/** Broken, and no valid version came later: what a newer version has overtaken needs no repair. */
const isHeld = ({ broken, order }: VersionedOrder, at: number, all: readonly VersionedOrder[]): boolean =>
  broken === 'order' && !all.slice(at).some((it) => it.order === order && !it.broken);

describe('the whole stack, its messages doubled and disordered and its functions killed before they acknowledge,', () => {
  // Which way a claim is told makes no difference to what follows from it.
  it.each(SEEDS.map((seed) => [seed, seed % 2 === 0 ? 'sns' : 'external-function'] as const))(
    'ends with every document where it belongs (seed %d, claims told by %s)',
    async (seed, notify) => {
      const documents = versionedOrders(seed, 2, 25);
      const chaos = { seed, duplicate: 0.2, reorder: 0.3, crashBeforeAck: 0.15 };

      const found = await withDirectory((directory) => weather(directory, documents, { chaos, notify }));

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
        quarantined: documents.filter(isHeld).length,
      });
      expect(found.historyRows).toBe(documents.reduce((sum, it) => sum + it.items, 0));
      expect(found.manifestRows).toBe(found.batches.length);
    },
    120_000,
  );
});
