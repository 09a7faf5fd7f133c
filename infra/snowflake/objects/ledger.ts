import {
  backfillBatches,
  backfillComparisons,
  backfillFates,
  batchLog,
  deadLetters,
  logLock,
  triggerOutbox,
} from '../../../services/coordinator/tables.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { Deployment } from '../deployment.ts';

/** The coordinator's append-only ledger: what it has heard, and what Snowflake has to tell it. */
export const ledger = (to: Deployment): readonly Statement[] => [
  sql('create-batch-log')`
    create table if not exists ${ident(batchLog(to.stage))} (
      EVENT_ID varchar, EVENT_TYPE varchar, PIPELINE varchar, BATCH_ID varchar, ATTEMPT number(10,0),
      EVENT_TIME timestamp_ntz, RECORDED_AT timestamp_ntz, DETAIL variant
    )
  `,
  sql('create-trigger-outbox')`
    create table if not exists ${ident(triggerOutbox(to.stage))} (
      EVENT_ID varchar, PIPELINE varchar, BATCH_ID varchar, SOURCE varchar, DOCUMENTS number(38,0), CLAIMED_AT timestamp_ntz
    )
  `,
  sql('create-log-lock')`create table if not exists ${ident(logLock(to.stage))} (BATCH_ID varchar)`,
  sql('fill-log-lock')`
    insert into ${ident(logLock(to.stage))} (BATCH_ID)
    select null where not exists (select 1 from ${ident(logLock(to.stage))})
  `,
  sql('create-dead-letters')`
    create table if not exists ${ident(deadLetters(to.stage))} (
      MESSAGE_ID varchar, SERVICE varchar, EVENT_ID varchar, EVENT_TYPE varchar, PIPELINE varchar, BATCH_ID varchar,
      ATTEMPT number(10,0), KIND varchar, REASON varchar, RECEIVES number(10,0), SENT_AT timestamp_ntz,
      KEPT_AT timestamp_ntz, BODY varchar
    )
  `,
  sql('create-backfill-batches')`
    create table if not exists ${ident(backfillBatches(to.stage))} (BACKFILL_ID varchar, BATCH_ID varchar)
  `,
  sql('create-backfill-comparisons')`
    create table if not exists ${ident(backfillComparisons(to.stage))} (
      BACKFILL_ID varchar, PIPELINE varchar, COMPARED_AT timestamp_ntz, REPORT variant
    )
  `,
  sql('create-backfill-fates')`
    create table if not exists ${ident(backfillFates(to.stage))} (
      BACKFILL_ID varchar, PIPELINE varchar, FATE varchar, DECIDED_AT timestamp_ntz
    )
  `,
];
