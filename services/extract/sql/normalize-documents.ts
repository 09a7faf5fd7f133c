import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { path } from '../../../shared/sql/identifier.ts';
import { defects } from './defects.ts';
import { rowVersion } from './row-version.ts';
import { typedValue } from './typed-value.ts';

/**
 * Turns the batch's documents into typed rows: one row an element, and one row for a document without elements, so
 * that none vanishes; or one row a document where there is nothing to explode. What can't be read becomes NULL and is named in DEFECTS. Creates its table from the batch alone.
 */
export const normalizeDocuments = (p: {
  readonly pipeline: ExtractPipeline;
  readonly from: TableRef;
  readonly into: TableRef;
  readonly batchId: string;
}): Statement => {
  const columns = p.pipeline.columns.map((it) => fragment`${typedValue(it)} as ${name(it.name)}`);
  return sql('normalize-documents')`
    create or replace transient table ${ident(p.into)} as
    select
      ${join(columns, ',\n  ')},
      d.FILE_NAME,
      d.FILE_ROW_NUMBER,
      ${rowVersion(p.pipeline)} as ROW_VERSION,
      d.BATCH_ID,
      ${defects(p.pipeline)} as DEFECTS
    from ${ident(p.from)} d${elements(p.pipeline)}
    where d.BATCH_ID = ${p.batchId}
  `;
};

const elements = ({ explode }: ExtractPipeline): Fragment =>
  explode
    ? fragment`,
  lateral flatten(input => d.SRC${path(explode)}, outer => true, mode => 'ARRAY') f`
    : fragment``;
