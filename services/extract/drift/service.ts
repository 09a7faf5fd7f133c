import type { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { BatchId, type TableRef } from '../../../events/contract.ts';
import { SchemaDrifted } from '../../../events/schema-drifted.v1.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import { count, type QueryTag, type Value, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { addColumn, findFields, keepFields, readEvolved } from '../sql/find-fields.ts';
import { addColumnProcedure, fields } from '../tables.ts';
import { decideDrift, toRemember, type Change, type Field } from './decide-drift.ts';
import { evolvedColumn, evolvedSource } from './evolved-column.ts';
import { lookedAt } from '../pipelines/known-paths.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

/** The batch id of what is said about documents' fields: it is about no batch alone. */
const SCHEMA_STREAM = BatchId.parse('SCHEMA');
const MOST_NAMED = 20;

/** Notices fields of a batch that were not seen before, says so once, and does what the pipeline's policy says. Safe to run again. */
export const noticeDrift =
  ({ warehouse, publish, now, stage }: Deps) =>
  async (event: BatchExtracted): Promise<void> => {
    // A backfill reads what batches have shown before.
    if (event.data.backfill) return;
    const pipeline = pipelineOf(event.pipeline);
    const { source } = event.data;
    const table = fields(source, event.pipeline);
    const { batchId } = event;
    const look = { from: source, batchId, looked: lookedAt(pipeline), explode: pipeline.explode, fields: table };
    const { rows } = await warehouse.run(findFields(look), event);
    const [found, before] = [fieldsOf(rows, 'found'), fieldsOf(rows, 'known')];
    const documents = count(rows.find((it) => it['SIDE'] === 'documents')?.['TIMES'] ?? 0);
    const changes = decideDrift(pipeline, before, found, documents);
    const procedure = addColumnProcedure(stage, pipeline);
    for (const { column } of changes) if (column !== null) await warehouse.run(addColumn({ procedure, column }), event);
    if (changes.length > 0)
      await publish([{ contract: SchemaDrifted, event: drifted(event, pipeline, changes, now()) }]);
    const news = toRemember(before, found, changes);
    if (news.length > 0) await warehouse.run(keepFields({ into: table, batchId, fields: news, now: now() }), event);
  };

const fieldsOf = (rows: readonly Readonly<Record<string, Value>>[], side: string): readonly Field[] =>
  rows.filter((it) => it['SIDE'] === side).map(fieldOf);

const fieldOf = (row: Readonly<Record<string, Value>>): Field => {
  const { PATH, KIND } = row;
  return { path: typeof PATH === 'string' ? PATH : '', kind: typeof KIND === 'string' ? KIND : '' };
};

const drifted = (
  { batchId, id, pipeline: name }: BatchExtracted,
  { drift = 'ignore' }: ExtractPipeline,
  changes: readonly Change[],
  now: Date,
): SchemaDrifted => {
  // The same news of two batches at once are the same event.
  const news = answerId(JSON.stringify([name, changes.map((it) => [it.path, it.kind])]), SchemaDrifted.type);
  return {
    type: SchemaDrifted.type,
    id: news,
    time: now.toISOString(),
    pipeline: name,
    batchId: SCHEMA_STREAM,
    attempt: 1,
    causationId: id,
    traceId: news,
    data: {
      batch: batchId,
      policy: drift,
      changes: changes.slice(0, MOST_NAMED),
      more: Math.max(changes.length - MOST_NAMED, 0),
    },
  };
};

/** A pipeline with the columns that its history has got by itself; only one that evolves has any. */
export const evolvedPipeline = async (
  warehouse: Warehouse,
  pipeline: ExtractPipeline,
  source: TableRef,
  tag: QueryTag,
): Promise<ExtractPipeline> => {
  if (pipeline.drift !== 'evolve') return pipeline;
  const { rows } = await warehouse.run(readEvolved({ from: fields(source, pipeline.pipeline) }), tag);
  const columns = rows.flatMap((row) => {
    const field = fieldOf(row);
    const [name, from] = [evolvedColumn(pipeline, field), evolvedSource(pipeline, field)];
    return name === undefined || from === undefined || name !== row['COLUMN_NAME']
      ? []
      : [{ name, from, type: 'VARCHAR' as const }];
  });
  const distinct = [...new Map(columns.map((it) => [it.name, it])).values()];
  return { ...pipeline, columns: [...pipeline.columns, ...distinct] };
};
