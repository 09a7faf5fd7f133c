import { BadMessage } from '../../../shared/errors.ts';

/** What the coordinator knows of a pipeline: where its trigger is. */
export interface CoordinatedPipeline {
  readonly pipeline: string;
  /** Schema of the raw and the processed tables, and of the tasks. */
  readonly schema: string;
  /** Where a raw document names its order: all versions of an order are rebuilt in one chunk. */
  readonly key: readonly [string, ...string[]];
  /** Where it has its date, and the column that becomes of it: what a backfill's days are about. */
  readonly date: { readonly document: readonly [string, ...string[]]; readonly column: string };
  /** So many batches that fail alike in a row hold the pipeline back; three unless given. */
  readonly failuresInARow?: number;
}

/** The pipelines whose batches are coordinated. */
export const PIPELINES: readonly CoordinatedPipeline[] = [
  {
    pipeline: 'orders',
    schema: 'ECOMM',
    key: ['order_number'],
    date: { document: ['date'], column: 'ORDER_DATE' },
  },
];

/** A pipeline by name; a BadMessage if the coordinator has none. */
export const pipelineOf = (name: string): CoordinatedPipeline => {
  const found = PIPELINES.find((it) => it.pipeline === name);
  if (!found)
    throw new BadMessage(
      `the coordinator knows no pipeline ${name}: add it to services/coordinator/pipelines/registry.ts`,
    );
  return found;
};
