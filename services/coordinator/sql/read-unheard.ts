import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

interface Params {
  readonly outbox: TableRef;
  readonly log: TableRef;
  readonly before: Date;
}

/** Claims whose notification never arrived, as the notification would have told them. */
export const readUnheard = (p: Params): Statement => sql('read-unheard')`
  select o.EVENT_ID, to_char(o.CLAIMED_AT, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"') as CLAIMED, o.PIPELINE, o.BATCH_ID, o.SOURCE,
    o.DOCUMENTS
  from ${ident(p.outbox)} o
  where o.CLAIMED_AT < ${p.before.toISOString()}::timestamp_ntz
    and not exists (select 1 from ${ident(p.log)} l where l.BATCH_ID = o.BATCH_ID and l.EVENT_TYPE = 'batch.claimed.v1')
  order by o.CLAIMED_AT
  limit 100
`;
