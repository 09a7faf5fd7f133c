import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Statement } from '../../../shared/sql/statement.ts';
import { LINEAGE, type ExtractPipeline } from '../pipelines/definition.ts';

interface Params {
  readonly pipeline: ExtractPipeline;
  readonly from: TableRef;
  readonly into: TableRef;
  readonly batchId: string;
}

/** Takes the batch's rows out of the history, if an earlier run has put them there. */
export const clearHistory = (p: Params): Statement => sql('clear-history')`
  delete from ${ident(p.into)} where BATCH_ID = ${p.batchId}
`;

/** Puts the batch's rows into the history; run after clearHistory in one transaction, they are there once. */
export const appendHistory = (p: Params): Statement => {
  const columns = join(
    [...p.pipeline.columns, ...LINEAGE].map((it) => fragment`${name(it.name)}`),
    ', ',
  );
  return sql('append-history')`
    insert into ${ident(p.into)} (${columns})
    select ${columns} from ${ident(p.from)}
  `;
};
