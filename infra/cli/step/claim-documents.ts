import { randomUUID } from 'node:crypto';
import { BatchClaimed } from '../../../events/batch-claimed.v1.ts';
import { BatchId } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { Flow } from '../flow/flow-tables.ts';
import type { Message } from './run-services.ts';

/** Documents as a batch that the trigger has claimed: where the services look for them, and nowhere else. */
export const claimDocuments = (
  flow: Flow,
  documents: readonly object[],
  { batchId, now }: { readonly batchId: string; readonly now: Date },
): readonly Statement[] => [
  sql('clear-claim')`delete from ${ident(flow.streamed)} where BATCH_ID = ${batchId}`,
  ...documents.map(
    (it, index) => sql('claim-document')`
      insert into ${ident(flow.streamed)}
        (SRC, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, STREAMED_AT, BATCH_ID, CLAIMED_AT)
      select
        parse_json(${JSON.stringify(it)}), ${`run-step/${batchId}`}, ${index + 1}, ${now.toISOString()}::timestamp_ltz,
        ${stamp(now)}::timestamp_ntz, ${batchId}, ${stamp(now)}::timestamp_ntz
    `,
  ),
];

/** What Snowflake would say of that batch. */
export const claimed = (flow: Flow, documents: number, batchId: string, now: Date): Message => ({
  source: BatchClaimed.source,
  'detail-type': BatchClaimed.type,
  detail: {
    id: randomUUID(),
    time: now.toISOString(),
    pipeline: flow.pipeline,
    batchId: BatchId.parse(batchId),
    attempt: 1,
    causationId: null,
    traceId: batchId,
    data: { source: flow.streamed, documents },
  },
});

/** A batch's id as the trigger makes one: when, and which of that second. */
export const newBatchId = (now: Date): string =>
  `${stamp(now).replace(/\D/g, '').slice(0, 14)}_${randomUUID().slice(0, 8).toUpperCase()}`;

const stamp = (now: Date): string => now.toISOString().replace('T', ' ').replace('Z', '');
