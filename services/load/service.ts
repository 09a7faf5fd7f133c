import type { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import type { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { TableShape } from '../../events/contract.ts';
import { answer } from '../../shared/bus/answer.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect, RetryLater } from '../../shared/errors.ts';
import { unhurried, type Course } from '../../shared/snowflake/course.ts';
import { count, type Value, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import { dropExpired } from '../../shared/snowflake/drop-expired.ts';
import { dropTemp } from '../../shared/sql/drop-temp.ts';
import { pipelineOf } from './pipelines/registry.ts';
import { createShadow, createShadowLock, createShadowManifest, fillShadowLock } from './sql/create-shadow.ts';
import { countLoadable } from './sql/count-loadable.ts';
import type { LoadParams } from './sql/load-params.ts';
import { readManifest } from './sql/read-manifest.ts';
import { insertOrders, recordLoad, removeReplaced, takeTurn, withdrawHeld } from './sql/replace-orders.ts';
import { loadLock, manifest, shadowPrefix, target, targetShadow } from './tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

/** Replaces the batch's orders in the target, once, in one transaction with its manifest row; then says so. */
export const loadBatch =
  ({ warehouse, publish, now, stage }: Deps) =>
  async (event: BatchValidated, course: Course = unhurried()): Promise<void> => {
    const { batchId, attempt, data } = event;
    if (data.stage !== 'transformed') return;
    const pipeline = pipelineOf(event.pipeline);
    const live = target(stage, pipeline);
    const into = data.backfill ? targetShadow(live, data.backfill) : live;
    const work: LoadParams = { pipeline, batchId, attempt, from: data.table, validated: data, into };

    if (data.backfill) {
      const shadow = { pipeline, table: into, live };
      await warehouse.run(createShadow(shadow), event);
      await warehouse.run(createShadowManifest(shadow), event);
      await warehouse.run(createShadowLock(shadow), event);
      await warehouse.run(fillShadowLock(shadow), event);
    }
    let entry = (await warehouse.run(readManifest(work), event)).rows[0];
    if (!entry || count(entry['ATTEMPT']) < attempt) {
      await load(warehouse, work, { event, course, now: now() });
      entry = (await warehouse.run(readManifest(work), event)).rows[0];
    }
    const { key, columns } = pipeline;
    const shape: TableShape = { live, shadow: into, key: [...key], columns: [...columns] };
    const mayReturn = !data.backfill && (attempt > 1 || data.quarantined.documents > 0);
    const loaded = {
      target: into,
      ...manifestOf(entry),
      ...(mayReturn && { retracted: { quarantine: data.quarantine } }),
      ...(data.backfill && { backfill: data.backfill, shape }),
    };
    await publish([{ contract: BatchLoaded, event: answer(event, BatchLoaded, loaded, now()) }]);
  };

/** Drops the shadow of a backfill that has ended, with what stands beside it; and what was left behind two weeks ago. */
export const dropShadow =
  ({ warehouse, stage, now }: Pick<Deps, 'warehouse' | 'stage' | 'now'>) =>
  async (event: BackfillEnded): Promise<void> => {
    const live = target(stage, pipelineOf(event.pipeline));
    const shadow = targetShadow(live, { id: event.batchId });
    for (const it of [shadow, manifest(shadow), loadLock(shadow)]) await warehouse.run(dropTemp(it), event);
    await dropExpired(warehouse, { beside: live, prefix: shadowPrefix(live), now: now() }, event);
  };

const load = async (
  warehouse: Warehouse,
  work: LoadParams,
  { event, course, now }: { readonly event: BatchValidated; readonly course: Course; readonly now: Date },
): Promise<void> => {
  const { data } = event;
  const rows = data.rows - data.quarantined.rows;
  const documents = data.documents - data.quarantined.documents;
  const found = count((await warehouse.run(countLoadable(work), event)).rows[0]?.['ROWS_FOUND']);
  // A session older than validate's commit may miss rows of the quarantine, and would load them.
  if (found !== rows) throw new RetryLater(`sees ${found} valid rows where validate left ${rows}`);
  const record = recordLoad({ ...work, rows, documents, now });
  // What an earlier attempt has loaded may be held back by this one.
  const withdrawn = event.attempt > 1 ? [withdrawHeld(work)] : [];
  const replaced = [...withdrawn, removeReplaced(work), insertOrders(work)];
  await warehouse.transaction([takeTurn(work), ...replaced, record], event, course);
};

const manifestOf = (entry: Readonly<Record<string, Value>> | undefined) => {
  if (!entry) throw new Defect('the load was committed without its manifest row');
  return {
    rows: count(entry['ROWS_LOADED']),
    documents: count(entry['DOCUMENTS_LOADED']),
    superseded: { rows: count(entry['ROWS_SUPERSEDED']), documents: count(entry['DOCUMENTS_SUPERSEDED']) },
  };
};
