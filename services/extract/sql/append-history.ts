import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Statement } from '../../../shared/sql/statement.ts';
import { LINEAGE, type ExtractPipeline } from '../pipelines/definition.ts';
import { historyLock } from '../tables.ts';

interface Params {
  readonly pipeline: ExtractPipeline;
  readonly from: TableRef;
  readonly into: TableRef;
  readonly batchId: string;
}

/** Makes a batch's deliveries wait for each other: two that clear and append at once would both find nothing to clear. */
export const takeTurn = (p: { readonly live: TableRef; readonly batchId: string }): Statement => sql('take-turn')`
  update ${ident(historyLock(p.live))} set BATCH_ID = ${p.batchId}
`;

/** Takes the batch's rows out of the history, if an earlier run has put them there. */
export const clearHistory = (p: Params): Statement => sql('clear-history')`
  delete from ${ident(p.into)} where BATCH_ID = ${p.batchId}
`;

/** The same where documents go through again: what another batch has put there of them goes, too, so that each row is there once. */
export const clearRepeated = (p: Params): Statement => sql('clear-repeated')`
  delete from ${ident(p.into)}
  where BATCH_ID = ${p.batchId} or ROW_VERSION in (select ROW_VERSION from ${ident(p.from)})
`;

/** Puts the batch's rows into the history; run after takeTurn and clearHistory in one transaction, they are there once. */
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
