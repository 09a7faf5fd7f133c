import type { BatchId, TableRef, ValidationStage } from '../../events/contract.ts';
import { ident } from './identifier.ts';
import { fragment, type Fragment } from './statement.ts';

/** What a validated event says of the batch's quarantine, as far as a reader of its table needs it. */
export interface Quarantined {
  readonly stage: ValidationStage;
  readonly quarantine: TableRef;
  readonly quarantined: { readonly documents: number };
}

/**
 * True for the rows `t` whose document the batch did not hold back at this stage; costs nothing where it held back none.
 * What a later stage held back stays in, so that a repeated event finds what it promises.
 */
export const notQuarantined = (validated: Quarantined, batchId: BatchId): Fragment =>
  validated.quarantined.documents === 0
    ? fragment`true`
    : fragment`not exists (
      select 1 from ${ident(validated.quarantine)} q
      where q.BATCH_ID = ${batchId} and q.STAGE = ${validated.stage} and q.ROW_VERSION = t.ROW_VERSION
    )`;
