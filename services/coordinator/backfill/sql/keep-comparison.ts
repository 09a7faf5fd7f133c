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

/** One row if the table is there. */
export const findTable = (table: TableRef): Statement => {
  const [database, schema, name] = table.split('.');
  return sql('find-table')`
    select TABLE_NAME from ${ident(`${database}.INFORMATION_SCHEMA.TABLES`)}
    where TABLE_SCHEMA = ${schema!} and TABLE_NAME = ${name!}
  `;
};
