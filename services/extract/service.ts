import type { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import type { BatchCompleted } from '../../events/batch-completed.v1.ts';
import type { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import type { TableRef, TableShape } from '../../events/contract.ts';
import { answer } from '../../shared/bus/answer.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect, RetryLater } from '../../shared/errors.ts';
import { unhurried, type Course } from '../../shared/snowflake/course.ts';
import { count, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import { dropExpired } from '../../shared/snowflake/drop-expired.ts';
import { dropTemp } from '../../shared/sql/drop-temp.ts';
import { evolvedPipeline } from './drift/service.ts';
import { LINEAGE, type ExtractPipeline } from './pipelines/definition.ts';
import { handedColumns } from './pipelines/handed-columns.ts';
import { pipelineOf } from './pipelines/registry.ts';
import { appendHistory, clearHistory, clearRepeated, takeTurn } from './sql/append-history.ts';
import { createShadow } from './sql/create-shadow.ts';
import { countExtracted } from './sql/count-extracted.ts';
import { normalizeDocuments } from './sql/normalize-documents.ts';
import { history, historyShadow, normalizedTemp, shadowPrefix, streamed, tempPrefix } from './tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
}

/** Turns the batch's documents into rows, keeps a copy in the history, and says so. Safe to run again at any point. */
export const extractBatch =
  ({ warehouse, publish, now }: Deps) =>
  async (event: BatchTriggered, course: Course = unhurried()): Promise<void> => {
    const { batchId, attempt, data } = event;
    const defined = pipelineOf(event.pipeline);
    // A backfill rebuilds what is defined: columns that a history has got by itself are no part of that.
    const pipeline = data.backfill ? defined : await evolvedPipeline(warehouse, defined, data.source, event);
    const table = normalizedTemp(data.source, event, attempt);

    await warehouse.follow(normalizeDocuments({ pipeline, from: data.source, into: table, batchId }), event, course);
    const found = (await warehouse.run(countExtracted({ pipeline, table }), event)).rows[0];
    const rows = count(found?.['ROWS_FOUND']);
    expectDocuments(count(found?.['DOCUMENTS_FOUND']), data.documents);

    const live = history(data.source, event.pipeline);
    const shape = data.backfill && shapeOf(pipeline, live, historyShadow(data.source, event.pipeline, data.backfill));
    if (shape) await warehouse.run(createShadow({ pipeline, table: shape.shadow }), event);
    const copy = { pipeline, from: table, into: shape?.shadow ?? live, batchId };
    const turn = takeTurn({ live, batchId });
    // A release brings what other batches have brought before, and these may be replayed after it.
    const isAgain = attempt > 1 || data.source !== streamed(data.source, event.pipeline);
    const clear = isAgain && !shape ? clearRepeated(copy) : clearHistory(copy);
    await warehouse.transaction([turn, clear, appendHistory(copy)], event, course);
    const extracted = {
      source: data.source,
      documents: data.documents,
      table,
      rows,
      columns: handedColumns(pipeline),
      ...(shape && { backfill: data.backfill, history: shape }),
    };
    await publish([{ contract: BatchExtracted, event: answer(event, BatchExtracted, extracted, now()) }]);
  };

const expectDocuments = (found: number, promised: number): void => {
  // A session older than the claim's commit may not see all of it yet.
  if (found < promised) throw new RetryLater(`sees ${found} of the batch's ${promised} documents`);
  if (found > promised) throw new Defect(`found ${found} documents where the trigger claimed ${promised}`);
};

// A row of the history is one element of one document.
const shapeOf = ({ columns }: ExtractPipeline, live: TableRef, shadow: TableRef): TableShape => ({
  live,
  shadow,
  key: ['ROW_VERSION', ...columns.filter((it) => 'position' in it.from).map((it) => it.name)],
  columns: [...columns, ...LINEAGE].map(({ name, type }) => ({ name, type })),
});

/** Drops the shadow of a backfill that has ended, and those that were left behind two weeks ago. */
export const dropShadow =
  ({ warehouse, now }: Pick<Deps, 'warehouse' | 'now'>) =>
  async (event: BackfillEnded): Promise<void> => {
    const { beside } = event.data;
    await warehouse.run(dropTemp(historyShadow(beside, event.pipeline, { id: event.batchId })), event);
    await dropExpired(warehouse, { beside, prefix: shadowPrefix(event.pipeline), now: now() }, event);
  };

/** Drops what extract keeps of a complete batch, all its attempts. */
export const dropExtracted =
  ({ warehouse, now }: Pick<Deps, 'warehouse' | 'now'>) =>
  async (event: BatchCompleted): Promise<void> => {
    for (let attempt = 1; attempt <= event.attempt; attempt += 1) {
      await warehouse.run(dropTemp(normalizedTemp(event.data.source, event, attempt)), event);
    }
    const prefix = tempPrefix(event.pipeline);
    await dropExpired(warehouse, { beside: event.data.source, prefix, now: now() }, event);
  };
