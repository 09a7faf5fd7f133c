import type { Envelope, TableRef, ValidationStage } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** What comes of a validation: all may go on, some documents are held, or the batch has stopped. */
export type Outcome = 'passed' | 'held' | 'failed';

/** Writes down what a validation found, once an attempt; behind one that has stopped there, from where nothing went on, also what lets it go on. */
export const noteResult = (p: {
  readonly into: TableRef;
  readonly batch: Envelope;
  readonly stage: ValidationStage;
  readonly suite: { readonly name: string; readonly version: string };
  readonly success: boolean;
  readonly outcome: Outcome;
  readonly result: object;
  readonly now: Date;
}): Statement => sql('note-result')`
  insert into ${ident(p.into)} (
    BATCH_ID, ATTEMPT, STAGE, SUITE, SUITE_VERSION, SUCCESS, OUTCOME, RESULT, VALIDATED_AT
  )
  select ${p.batch.batchId}, ${p.batch.attempt}, ${p.stage}, ${p.suite.name}, ${p.suite.version}, ${p.success}, ${p.outcome},
    parse_json(${JSON.stringify(p.result)}), ${p.now.toISOString()}::timestamp_ntz
  where not exists (
    select 1 from ${ident(p.into)} r
    where r.BATCH_ID = ${p.batch.batchId} and r.ATTEMPT = ${p.batch.attempt} and r.STAGE = ${p.stage}
      and (r.OUTCOME <> 'failed' or r.OUTCOME = ${p.outcome})
  )
`;

/** Whether the attempt has gone on beyond this stage, by an earlier judgement. */
export const hasGoneOn = (p: {
  readonly from: TableRef;
  readonly batch: Envelope;
  readonly stage: ValidationStage;
}): Statement => sql('has-gone-on')`
  select count(*) as N from ${ident(p.from)} r
  where r.BATCH_ID = ${p.batch.batchId} and r.ATTEMPT = ${p.batch.attempt} and r.STAGE = ${p.stage} and r.OUTCOME <> 'failed'
`;
