import type { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import type { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import type { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { ValidationStage } from '../../events/contract.ts';
import { answer } from '../../shared/bus/answer.ts';
import { failure } from '../../shared/bus/failure.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { RetryLater } from '../../shared/errors.ts';
import { unhurried, type Course } from '../../shared/snowflake/course.ts';
import { count, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import { dropExpired } from '../../shared/snowflake/drop-expired.ts';
import { dropTemp } from '../../shared/sql/drop-temp.ts';
import type { Statement } from '../../shared/sql/statement.ts';
import { holdOffenders, passAll } from './quarantine/hold-offenders.ts';
import { columnsOf } from './results/columns-of.ts';
import { findResults, holding } from './results/find-results.ts';
import { suiteResult } from './results/suite-result.ts';
import { verdictOf, verdictText } from './results/verdict.ts';
import { suiteOf } from './suites/registry.ts';
import { createShadow } from './sql/create-shadow.ts';
import { judgeRows } from './sql/judge-rows.ts';
import { hasGoneOn, noteResult, type Outcome } from './sql/note-result.ts';
import { quarantine, quarantineLock, quarantineLog, quarantineShadow, shadowPrefix, validations } from './tables.ts';
import { topology } from './topology.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
}

/** Judges a stage's rows, holds rejected documents back whole, and says how many. Safe to run again at any point. */
export const validateBatch =
  ({ warehouse, publish, now }: Deps, stage: ValidationStage) =>
  async (event: BatchExtracted | BatchTransformed, course: Course = unhurried()): Promise<void> => {
    const { data } = event;
    const suite = suiteOf(event.pipeline, stage);

    const counted = await warehouse.follow(judgeRows({ suite, stage, from: data.table }), event, course);
    const sums = counted.rows[0] ?? {};
    const rows = count(sums['ROWS_JUDGED']);
    if (rows < data.rows) throw new RetryLater(`sees ${rows} of ${data.rows} rows of ${data.table}`);
    const findings = findResults(suite, sums, await columnsOf(warehouse, suite, data.table, event));
    const verdict = verdictOf(stage, findings);
    const result = suiteResult({
      suite,
      stage,
      batch: event,
      backfill: data.backfill,
      table: data.table,
      findings,
      now: now(),
    });
    const results = validations(data.source, event.pipeline);
    const note = (outcome: Outcome): Statement =>
      noteResult({ into: results, batch: event, stage, suite, success: result.success, outcome, result, now: now() });
    if (verdict && (await isStopped(warehouse, note('failed'), { from: results, batch: event, stage }))) {
      const error = { kind: 'BadMessage', message: verdictText(verdict) } as const;
      await publish([failure(event, { service: topology.service, type: event.type, error, verdict }, now())]);
      return;
    }

    const offending = { suite, stage, from: data.table, held: holding(findings) };
    const isClean = offending.held.length === 0 && count(sums['ROWS_DEFECTIVE']) === 0;
    const live = quarantine(data.source, event.pipeline);
    const into = data.backfill ? quarantineShadow(data.source, event.pipeline, data.backfill) : live;
    if (data.backfill) await warehouse.run(createShadow({ table: into, like: live }), event);
    const kept = {
      ...offending,
      batch: event,
      documents: data.source,
      columns: data.columns ?? [],
      into,
      now: now(),
      lock: quarantineLock(data.source, event.pipeline),
      // What a backfill rejects has happened to no document until it is published.
      log: data.backfill ? undefined : quarantineLog(data.source, event.pipeline),
      note: note(isClean ? 'passed' : 'held'),
    };
    const quarantined = await (isClean ? passAll : holdOffenders)(warehouse, kept, course);

    const validated = {
      stage,
      source: data.source,
      table: data.table,
      rows,
      documents: data.documents,
      quarantine: into,
      quarantined,
      ...(data.columns && { columns: data.columns }),
      ...(data.backfill && { backfill: data.backfill }),
    };
    await publish([{ contract: BatchValidated, event: answer(event, BatchValidated, validated, now()) }]);
  };

/** Writes down that the batch stops here; false where this attempt has gone on already, by the rules of then. */
const isStopped = async (
  warehouse: Warehouse,
  note: Statement,
  judged: Parameters<typeof hasGoneOn>[0],
): Promise<boolean> => {
  if ((await warehouse.run(note, judged.batch)).rowsChanged > 0) return true;
  const { rows } = await warehouse.run(hasGoneOn(judged), judged.batch);
  return count(rows[0]?.['N'] ?? 0) === 0;
};

/** Drops what an ended backfill kept in quarantine, published by now or not wanted; and what was left behind two weeks ago. */
export const dropShadow =
  ({ warehouse, now }: Pick<Deps, 'warehouse' | 'now'>) =>
  async (event: BackfillEnded): Promise<void> => {
    const { beside } = event.data;
    await warehouse.run(dropTemp(quarantineShadow(beside, event.pipeline, { id: event.batchId })), event);
    await dropExpired(warehouse, { beside, prefix: shadowPrefix(event.pipeline), now: now() }, event);
  };
