import type { Envelope, TableRef } from '../../events/contract.ts';
import { sibling, tableName } from '../../shared/sql/table.ts';

type Batch = Pick<Envelope, 'pipeline' | 'batchId'>;

/** The batch's rows after the business rules; one table an attempt, so that attempts can't mix. */
export const transformedTemp = (beside: TableRef, { pipeline, batchId }: Batch, attempt: number): TableRef =>
  sibling(beside, tableName(pipeline, 'TRANSFORMED_TEMP', batchId, attempt));

/** What the names of all its temp tables begin with. */
export const tempPrefix = (pipeline: string): string => `${tableName(pipeline, 'TRANSFORMED_TEMP')}_`;
