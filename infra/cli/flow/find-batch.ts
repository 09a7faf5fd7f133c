import { toText } from '../cells.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import { batchesNamed, batchOf } from './find-batches.ts';
import { flows, type Flow } from './flow-tables.ts';

/** The batch of this id, or of the only id that ends so, and its pipeline; a Refusal that names the choice otherwise. */
export const findFlow = async (
  session: Session,
  id: string,
  next: string,
): Promise<{ readonly flow: Flow; readonly batchId: string }> => {
  // A whole id is looked up, which needs no walk over the log.
  for (const flow of flows()) {
    const [row] = await session.rows(batchOf(flow, id));
    if (row) return { flow, batchId: id };
  }
  const found: { flow: Flow; batchId: string }[] = [];
  for (const flow of flows())
    for (const row of await session.rows(batchesNamed(flow, id)))
      found.push({ flow, batchId: toText(row['BATCH_ID'] ?? null) });
  const exact = found.find((it) => it.batchId === id) ?? (found.length === 1 ? found[0] : undefined);
  if (exact) return exact;
  if (found.length === 0) throw new Refusal(`there is no batch ${id}`, { next });
  throw new Refusal(`several batches end in ${id}: ${found.map((it) => it.batchId).join(', ')}`, { next });
};

/** The pipeline of this name; a Refusal that names those there are otherwise. */
export const flowNamed = (pipeline: string): Flow => {
  const found = flows().find((it) => it.pipeline === pipeline);
  if (found) return found;
  throw new Refusal(
    `there is no pipeline ${pipeline}; there is ${flows()
      .map((it) => it.pipeline)
      .join(', ')}`,
  );
};
