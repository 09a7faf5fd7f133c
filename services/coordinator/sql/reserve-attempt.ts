import type { Envelope, TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

interface Params {
  readonly into: TableRef;
  readonly event: Envelope & { readonly type: string; readonly data: object };
  readonly now: Date;
}

/** Makes reservations wait for each other: the row that it updates stays locked until the transaction ends. */
export const takeTurn = (p: { readonly lock: TableRef; readonly batchId: string }): Statement => sql('take-turn')`
  update ${ident(p.lock)} set BATCH_ID = ${p.batchId}
`;

/** Writes down that a replay starts the event's attempt; inserts nothing if that attempt, or a later one, has begun. */
export const reserveAttempt = (p: Params): Statement => {
  const { type, ...detail } = p.event;
  return sql('reserve-attempt')`
    insert into ${ident(p.into)} (EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, EVENT_TIME, RECORDED_AT, DETAIL)
    select ${detail.id}, ${type}, ${detail.pipeline}, ${detail.batchId}, ${detail.attempt},
      ${detail.time}::timestamp_ntz, ${p.now.toISOString()}::timestamp_ntz, parse_json(${JSON.stringify(detail)})
    where not exists (
      select 1 from ${ident(p.into)}
      where BATCH_ID = ${detail.batchId} and ATTEMPT >= ${detail.attempt} and EVENT_TYPE <> 'replay.requested.v1'
    )
  `;
};
