import type { Envelope, TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Appends an event to the log, unless it is there already. Two at once may both append it: readers count an id once. */
export const appendEvent = (p: {
  readonly into: TableRef;
  readonly event: Envelope & { readonly type: string; readonly data: object };
  readonly now: Date;
}): Statement => {
  const { type, ...detail } = p.event;
  return sql('append-event')`
    insert into ${ident(p.into)} (EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, EVENT_TIME, RECORDED_AT, DETAIL)
    select ${detail.id}, ${type}, ${detail.pipeline}, ${detail.batchId}, ${detail.attempt},
      ${detail.time}::timestamp_ntz, ${p.now.toISOString()}::timestamp_ntz, parse_json(${JSON.stringify(detail)})
    where not exists (
      select 1 from ${ident(p.into)} where BATCH_ID = ${detail.batchId} and EVENT_ID = ${detail.id}
    )
  `;
};
