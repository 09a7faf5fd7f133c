import type { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import type { BatchCompleted } from '../../events/batch-completed.v1.ts';
import type { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import type { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { ValidationStage } from '../../events/contract.ts';
import { answer } from '../../shared/bus/answer.ts';
import { failure } from '../../shared/bus/failure.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect, RetryLater } from '../../shared/errors.ts';
import { unhurried, type Course } from '../../shared/snowflake/course.ts';
import { count, type QueryTag, type Result, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import { dropExpired } from '../../shared/snowflake/drop-expired.ts';
import { dropTemp } from '../../shared/sql/drop-temp.ts';
import type { Statement } from '../../shared/sql/statement.ts';
import { columnsOf } from './results/columns-of.ts';
import { findResults } from './results/find-results.ts';
import { suiteResult } from './results/suite-result.ts';
import { verdictOf, verdictText } from './results/verdict.ts';
import { suiteOf } from './suites/registry.ts';
import { createShadow } from './sql/create-shadow.ts';
import { clearQuarantine, holdBack, noteHeld } from './sql/hold-back.ts';
import { judgeRows } from './sql/judge-rows.ts';
import { noteResult } from './sql/note-result.ts';
import { sumVerdicts } from './sql/sum-verdicts.ts';
import {
  quarantine,
  quarantineLog,
  quarantineShadow,
  shadowPrefix,
  tempPrefix,
  validations,
  verdictsTemp,
} from './tables.ts';
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
    const verdicts = verdictsTemp(data.source, event, stage, event.attempt);

    await warehouse.follow(judgeRows({ suite, stage, from: data.table, into: verdicts }), event, course);
    const asked = sumVerdicts({ suite, from: verdicts, rows: data.table });
    const sums = (await warehouse.run(asked, event)).rows[0] ?? {};
    const [rows, documents] = [count(sums['ROWS_JUDGED']), count(sums['DOCUMENTS'])];
    if (rows < data.rows) throw new RetryLater(`sees ${rows} of ${data.rows} rows of ${data.table}`);
    const quarantined = {
      documents: count(sums['REJECTED_DOCUMENTS']),
      rows: count(sums['REJECTED_ROWS']),
      unreadable: count(sums['UNREADABLE_DOCUMENTS']),
    };
    const findings = findResults(suite, sums, await columnsOf(warehouse, suite, data.table, event));
    const verdict = verdictOf(stage, findings);
    const result = suiteResult({ suite, stage, batch: event, table: data.table, findings, now: now() });
    const outcome = verdict ? 'failed' : quarantined.documents > 0 ? 'held' : 'passed';
    const results = validations(data.source, event.pipeline);
    const told = {
      into: results,
      batch: event,
      stage,
      suite,
      success: result.success,
      outcome,
      result,
      now: now(),
    } as const;
    // What a backfill finds is about tables that nobody reads yet.
    const notes = data.backfill ? [] : [noteResult(told)];
    if (verdict) {
      for (const note of notes) await warehouse.run(note, event);
      const error = { kind: 'BadMessage', message: verdictText(verdict) } as const;
      await publish([failure(event, { service: topology.service, type: event.type, error, verdict }, now())]);
      return;
    }

    const live = quarantine(data.source, event.pipeline);
    const into = data.backfill ? quarantineShadow(data.source, event.pipeline, data.backfill) : live;
    if (data.backfill) await warehouse.run(createShadow({ table: into, like: live }), event);
    const columns = data.columns ?? [];
    const held = { suite, stage, batch: event, verdicts, documents: data.source, columns, into, now: now() };
    // An earlier attempt may have held back what passes now.
    const outdated = event.attempt > 1 ? [clearQuarantine(held)] : [];
    // What a backfill rejects has happened to no document until it is published.
    const noted = data.backfill ? [] : [noteHeld({ ...held, log: quarantineLog(data.source, event.pipeline) })];
    const rejected = quarantined.documents > 0 ? [clearQuarantine(held), holdBack(held), ...noted] : outdated;
    const [, heldBack] = await inOne(warehouse, [...rejected, ...notes], event, course);
    if (quarantined.documents > 0) expectHeldBack(heldBack!.rowsChanged, quarantined.documents);

    const validated = {
      stage,
      source: data.source,
      table: data.table,
      rows,
      documents,
      quarantine: into,
      quarantined,
      ...(data.columns && { columns: data.columns }),
      ...(data.backfill && { backfill: data.backfill }),
    };
    await publish([{ contract: BatchValidated, event: answer(event, BatchValidated, validated, now()) }]);
  };

/** One statement needs no transaction of its own. */
const inOne = (
  warehouse: Warehouse,
  statements: readonly Statement[],
  event: QueryTag,
  course: Course,
): Promise<readonly Result[]> => {
  const [first, ...more] = statements;
  if (!first) return Promise.resolve([]);
  return more.length === 0
    ? warehouse.run(first, event).then((it) => [it])
    : warehouse.transaction(statements, event, course);
};

const expectHeldBack = (found: number, rejected: number): void => {
  // A session older than the claim's commit may not see all documents; the next run clears and holds back again.
  if (found < rejected) throw new RetryLater(`held back ${found} of the ${rejected} documents it rejected`);
  if (found > rejected) throw new Defect(`held back ${found} documents where it rejected ${rejected}`);
};

/** Drops what an ended backfill kept in quarantine, published by now or not wanted; and what was left behind two weeks ago. */
export const dropShadow =
  ({ warehouse, now }: Pick<Deps, 'warehouse' | 'now'>) =>
  async (event: BackfillEnded): Promise<void> => {
    const { beside } = event.data;
    await warehouse.run(dropTemp(quarantineShadow(beside, event.pipeline, { id: event.batchId })), event);
    await dropExpired(warehouse, { beside, prefix: shadowPrefix(event.pipeline), now: now() }, event);
  };

/** Drops what validate keeps of a complete batch, all its attempts. */
export const dropVerdicts =
  ({ warehouse, now }: Pick<Deps, 'warehouse' | 'now'>) =>
  async (event: BatchCompleted): Promise<void> => {
    for (let attempt = 1; attempt <= event.attempt; attempt += 1) {
      for (const stage of ValidationStage.options) {
        await warehouse.run(dropTemp(verdictsTemp(event.data.source, event, stage, attempt)), event);
      }
    }
    const prefix = tempPrefix(event.pipeline);
    await dropExpired(warehouse, { beside: event.data.source, prefix, now: now() }, event);
  };
