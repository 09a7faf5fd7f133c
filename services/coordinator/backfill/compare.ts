import type { TableRef, TableShape } from '../../../events/contract.ts';
import { partOf, type Course } from '../../../shared/snowflake/course.ts';
import type { QueryTag, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { backfillBatches, backfillComparisons, dependentsProcedure } from '../tables.ts';
import type { EffectDeps, Step } from './effects.ts';
import type { BackfillState } from './evolve.ts';
import { judge } from './gate.ts';
import { preflight } from './preflight.ts';
import { isIdentical, keptReport, tableReport, type BackfillReport, type TableReport } from './report.ts';
import { countDifferences, measureTables, sampleDifferences, type Comparison } from './sql/compare-tables.ts';
import { keepComparison, readComparison } from './sql/keep-comparison.ts';

/** Compares both tables with their shadows, once; keeps the report, and says what the gate makes of it. */
export const compare = async (deps: EffectDeps, state: BackfillState): Promise<Step> => {
  const { warehouse, stage, now } = deps;
  const request = state.request!;
  const { batchId: backfillId, pipeline } = request;
  const kept = readComparison({ from: backfillComparisons(stage), backfillId });
  const keep = async (report: BackfillReport): Promise<void> => {
    const into = backfillComparisons(stage);
    await warehouse.run(keepComparison({ into, backfillId, pipeline, report, now: now() }), request);
  };
  if ((await warehouse.run(kept, request)).rows.length === 0) await keep(await compareAll(deps, state));
  // Two may have compared at once: what is kept is what counts.
  const { verdict } = keptReport((await warehouse.run(kept, request)).rows[0]);
  return { step: 'compared', open: [...verdict.open], barred: verdict.barred };
};

const compareAll = async ({ warehouse, stage, course }: EffectDeps, state: BackfillState): Promise<BackfillReport> => {
  const request = state.request!;
  const { data, batchId: backfillId, pipeline } = request;
  const tolerances = Object.fromEntries(
    (data.expect ?? []).flatMap((it) => (it.tolerance === undefined ? [] : [[it.column, it.tolerance]])),
  );
  const dateColumn = pipelineOf(pipeline).date.column;
  const procedure = dependentsProcedure(stage, pipelineOf(pipeline));
  const announced =
    data.columns ?? (data.expect ?? []).filter((it) => it.tolerance === undefined).map((it) => it.column);
  const { from, to } = data;
  const of = { backfillId, batches: backfillBatches(stage), dateColumn, tolerances, announced, from, to };
  const tables: TableReport[] = [];
  for (const shape of [state.target!, state.history!])
    tables.push(
      await partOf(course, shape.live, (part) => compareTable(warehouse, shape, of, { procedure, tag: request }, part)),
    );
  return { backfillId, pipeline, verdict: judge(tables, data), tables };
};

/** Compares one live table with its shadow: counts and one hash first, rows and columns only where these differ. */
const compareTable = async (
  warehouse: Warehouse,
  shape: TableShape,
  of: Omit<Comparison, 'shape' | 'isLive'>,
  asks: { readonly procedure: TableRef; readonly tag: QueryTag },
  course: Course,
): Promise<TableReport> => {
  const { tag } = asks;
  const before = await preflight(warehouse, shape, asks);
  const columns = shape.columns.filter((it) => !before.missing.includes(it.name));
  const known = { ...shape, columns };
  const comparison: Comparison = { ...of, shape: known, isLive: before.isLive };
  const measured = (await warehouse.follow(measureTables(comparison), tag, course)).rows;
  if (isIdentical(measured)) return tableReport(known, before, measured);
  const counts = (await warehouse.follow(countDifferences(comparison), tag, course)).rows[0] ?? {};
  const samples = (await warehouse.follow(sampleDifferences(comparison), tag, course)).rows;
  return tableReport(known, before, measured, { counts, samples });
};
