import type { BatchId, TableRef } from '../../../events/contract.ts';
import type { Quarantined } from '../../../shared/sql/not-quarantined.ts';
import type { LoadPipeline } from '../pipelines/definition.ts';

/** What every statement of one load needs to know. */
export interface LoadParams {
  readonly pipeline: LoadPipeline;
  readonly batchId: BatchId;
  readonly attempt: number;
  readonly from: TableRef;
  readonly validated: Quarantined;
  readonly into: TableRef;
}
