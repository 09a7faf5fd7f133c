import { TableRef } from '../../events/contract.ts';
import { dropTemp } from '../sql/drop-temp.ts';
import { ident } from '../sql/identifier.ts';
import { sql, trusted, type Statement } from '../sql/statement.ts';
import { sibling } from '../sql/table.ts';
import type { QueryTag, Warehouse } from './warehouse.ts';

/** Temp tables of batches that never ended live so long: time enough to repair and replay them from any stage. */
const LIFE_DAYS = 14;
const MOST = '100';

interface Params {
  /** A table of the schema that the temp tables stand in. */
  readonly beside: TableRef;
  /** What the names of one's own temp tables begin with. */
  readonly prefix: string;
  readonly now: Date;
}

const expiredTemps = ({ beside, prefix, now }: Params): Statement => {
  const [database, schema] = beside.split('.');
  const before = new Date(now.getTime() - LIFE_DAYS * 86_400_000).toISOString();
  return sql('expired-temps')`
    select TABLE_NAME from ${ident(TableRef.parse(`${database}.INFORMATION_SCHEMA.TABLES`))}
    where TABLE_SCHEMA = ${schema!} and startswith(TABLE_NAME, ${prefix}) and CREATED < ${before}::timestamp_ltz
    order by CREATED
    limit ${trusted(MOST)}
  `;
};

/** Drops one's own temp tables whose batches never ended, once they are two weeks old. */
export const dropExpired = async (warehouse: Warehouse, of: Params, tag: QueryTag): Promise<void> => {
  const { rows } = await warehouse.run(expiredTemps(of), tag);
  for (const { TABLE_NAME } of rows) await warehouse.run(dropTemp(sibling(of.beside, TABLE_NAME as string)), tag);
};
