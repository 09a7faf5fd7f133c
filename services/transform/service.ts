import type { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import type { BatchValidated } from '../../events/batch-validated.v1.ts';
import { answer } from '../../shared/bus/answer.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect, RetryLater } from '../../shared/errors.ts';
import { unhurried, type Course } from '../../shared/snowflake/course.ts';
import { count, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import { dropExpired } from '../../shared/snowflake/drop-expired.ts';
import { dropTemp } from '../../shared/sql/drop-temp.ts';
import { pipelineOf } from './pipelines/registry.ts';
import { applyRules } from './sql/apply-rules.ts';
import { countTransformed } from './sql/count-transformed.ts';
import { countValid } from './sql/count-valid.ts';
import { transformedTemp, tempPrefix } from './tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
}

/** Applies the business rules to what validation let pass, and says so. Safe to run again at any point. */
export const transformBatch =
  ({ warehouse, publish, now }: Deps) =>
  async (event: BatchValidated, course: Course = unhurried()): Promise<void> => {
    const { batchId, data } = event;
    if (data.stage !== 'extracted') return;
    const pipeline = pipelineOf(event.pipeline);
    const table = transformedTemp(data.source, event, event.attempt);
    const work = { pipeline, batchId, from: data.table, validated: data };

    const before = (await warehouse.run(countValid(work), event)).rows[0];
    const [rowsIn, documentsIn] = [count(before?.['ROWS_IN']), count(before?.['DOCUMENTS_IN'])];
    const orders = count(before?.['ORDERS_IN']);
    // A session older than validate's commit may miss rows of the quarantine, and would let them pass. What it sees now, it
    // sees when it applies the rules.
    const valid = data.documents - data.quarantined.documents;
    if (documentsIn !== valid) throw new RetryLater(`sees ${documentsIn} valid documents where validate left ${valid}`);

    await warehouse.follow(applyRules({ ...work, into: table }), event, course);
    const after = (await warehouse.run(countTransformed({ table }), event)).rows[0];
    const [rows, documents] = [count(after?.['ROWS_OUT']), count(after?.['DOCUMENTS_OUT'])];
    if (documents !== orders) {
      throw new Defect(
        `the rules of ${event.pipeline} turned ${orders} orders into ${documents}: reject orders by an expectation, not by a rule`,
      );
    }

    const superseded = { documents: documentsIn - documents, rows: Math.max(rowsIn - rows, 0) };
    const { source, columns, backfill } = data;
    const transformed = {
      source,
      table,
      rows,
      documents,
      superseded,
      ...(columns && { columns }),
      ...(backfill && { backfill }),
    };
    await publish([{ contract: BatchTransformed, event: answer(event, BatchTransformed, transformed, now()) }]);
  };

/** Drops what transform keeps of a complete batch, all its attempts. */
export const dropTransformed =
  ({ warehouse, now }: Pick<Deps, 'warehouse' | 'now'>) =>
  async (event: BatchCompleted): Promise<void> => {
    for (let attempt = 1; attempt <= event.attempt; attempt += 1) {
      await warehouse.run(dropTemp(transformedTemp(event.data.source, event, attempt)), event);
    }
    const prefix = tempPrefix(event.pipeline);
    await dropExpired(warehouse, { beside: event.data.source, prefix, now: now() }, event);
  };
