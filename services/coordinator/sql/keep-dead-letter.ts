import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Keeps a dead letter whole, whatever it is, with all that can be told of it; once, however often it runs. */
export const keepDeadLetter = (p: {
  readonly into: TableRef;
  readonly messageId: string;
  readonly service: string;
  readonly event: {
    readonly id: string;
    readonly pipeline: string;
    readonly batchId: string;
    readonly attempt: number;
  } | null;
  readonly type: string | null;
  readonly kind: string;
  readonly reason: string;
  readonly receives: number;
  readonly sentAt: Date;
  readonly body: string;
  readonly now: Date;
}): Statement => sql('keep-dead-letter')`
  insert into ${ident(p.into)} (
    MESSAGE_ID, SERVICE, EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, KIND, REASON, RECEIVES, SENT_AT, KEPT_AT, BODY
  )
  select ${p.messageId}, ${p.service}, ${p.event?.id ?? null}, ${p.type}, ${p.event?.pipeline ?? null},
    ${p.event?.batchId ?? null}, ${p.event?.attempt ?? null}, ${p.kind}, ${p.reason}, ${p.receives},
    ${p.sentAt.toISOString()}::timestamp_ntz, ${p.now.toISOString()}::timestamp_ntz, ${p.body}
  where not exists (select 1 from ${ident(p.into)} where MESSAGE_ID = ${p.messageId})
`;
