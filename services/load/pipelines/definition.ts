import type { ColumnType } from '../../../shared/sql/column-type.ts';

/** Where one pipeline's rows end up, and what makes them new. */
export interface LoadPipeline {
  readonly pipeline: string;
  /** Schema and table within the stage's ANALYTICS database. */
  readonly schema: string;
  readonly table: string;
  /** Rows are replaced together by this column: the order, whole. */
  readonly replaceBy: string;
  /** What makes a row unique within the target. */
  readonly key: readonly string[];
  /** A newer version of an order replaces an older one, never the other way round. */
  readonly version: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}
