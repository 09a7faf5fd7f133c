import type { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../../shared/sql/statement.ts';

/** Keeps what a comparison found, once a backfill. */
export const keepComparison = (p: {
  readonly into: TableRef;
  readonly backfillId: string;
  readonly pipeline: string;
  readonly report: object;
  readonly now: Date;
}): Statement => sql('keep-comparison')`
  insert into ${ident(p.into)} (BACKFILL_ID, PIPELINE, COMPARED_AT, REPORT)
  select ${p.backfillId}, ${p.pipeline}, ${p.now.toISOString()}::timestamp_ntz, parse_json(${JSON.stringify(p.report)})
  where not exists (select 1 from ${ident(p.into)} where BACKFILL_ID = ${p.backfillId})
`;

/** What a comparison found, if there has been one. */
export const readComparison = (p: { readonly from: TableRef; readonly backfillId: string }): Statement =>
  sql('read-comparison')`
    select COMPARED_AT, REPORT from ${ident(p.from)} where BACKFILL_ID = ${p.backfillId} order by COMPARED_AT limit 1
  `;
