import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import type { BatchCompleted } from '../../events/batch-completed.v1.ts';
import type { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { answer } from '../../shared/bus/answer.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect, RetryLater } from '../../shared/errors.ts';
import { count, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import { dropTemp } from '../../shared/sql/drop-temp.ts';
import { pipelineOf } from './pipelines/registry.ts';
import { appendHistory, clearHistory } from './sql/append-history.ts';
import { countExtracted } from './sql/count-extracted.ts';
import { normalizeDocuments } from './sql/normalize-documents.ts';
import { history, normalizedTemp } from './tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
}

/** Turns the batch's documents into rows, keeps a copy in the history, and says so. Safe to run again at any point. */
export const extractBatch =
  ({ warehouse, publish, now }: Deps) =>
  async (event: BatchTriggered): Promise<void> => {
    const { batchId, attempt, data } = event;
    const pipeline = pipelineOf(event.pipeline);
    const table = normalizedTemp(data.source, event, attempt);

    await warehouse.run(normalizeDocuments({ pipeline, from: data.source, into: table, batchId }), event);
    const found = (await warehouse.run(countExtracted({ pipeline, table }), event)).rows[0];
    const rows = count(found?.['ROWS_FOUND']);
    expectDocuments(count(found?.['DOCUMENTS_FOUND']), data.documents);

    const copy = { pipeline, from: table, into: history(data.source, event.pipeline), batchId };
    await warehouse.transaction([clearHistory(copy), appendHistory(copy)], event);
    const extracted = { source: data.source, documents: data.documents, table, rows };
    await publish([{ contract: BatchExtracted, event: answer(event, BatchExtracted, extracted, now()) }]);
  };

const expectDocuments = (found: number, promised: number): void => {
  // A session older than the claim's commit may not see all of it yet.
  if (found < promised) throw new RetryLater(`sees ${found} of the batch's ${promised} documents`);
  if (found > promised) throw new Defect(`found ${found} documents where the trigger claimed ${promised}`);
};

/** Drops what extract keeps of a complete batch, all its attempts. */
export const dropExtracted =
  ({ warehouse }: Pick<Deps, 'warehouse'>) =>
  async (event: BatchCompleted): Promise<void> => {
    for (let attempt = 1; attempt <= event.attempt; attempt += 1) {
      await warehouse.run(dropTemp(normalizedTemp(event.data.source, event, attempt)), event);
    }
  };
