import { unsupported } from '../catalog/errors.ts';
import type { CatalogObject, TableDetails } from '../catalog/object.ts';
import { track } from '../catalog/tracking.ts';
import type { Run } from '../engine/duck.ts';
import type { Transaction } from '../engine/transaction.ts';
import { copyOffset, setOffset } from './offsets.ts';
import type { StreamDetails } from './stream-object.ts';

/**
 * Makes the clone of a stream that comes with its schema. Where its table comes along, it watches the table's clone, whose history
 * begins now; else it stands where the original does.
 */
export const cloneStream = async (
  run: Run,
  { frontier }: Transaction,
  { id: from, details }: CatalogObject<StreamDetails>,
  id: number,
  tables: ReadonlyMap<number, { path: readonly string[]; id: number; details: unknown }>,
  at: Date,
): Promise<StreamDetails> => {
  if (details.tables !== undefined) throw unsupported('CLONE of a schema with a stream on a view');
  const table = tables.get(details.tableId);
  if (table === undefined) {
    await copyOffset(run, id, from);
    return details;
  }
  const own = table.details as TableDetails;
  if (!own.tracked) await track(run, own);
  table.details = { ...own, tracked: true };
  await setOffset(run, id, frontier, false, at);
  return { ...details, initialRows: false, tableId: table.id, table: table.path };
};
