import type { ColumnType } from '../../../shared/sql/column-type.ts';

type Path = readonly [string, ...string[]];

/** Where a column's value is found: in the document, in the exploded element, or as the element's position (from 1). */
export type Source = { readonly document: Path } | { readonly element: Path } | { readonly position: true };

export interface ExtractColumn {
  readonly name: string;
  readonly from: Source;
  readonly type: ColumnType;
}

/** How one pipeline's documents become rows: one row an element of the `explode` array, or one a document that is tabular already. */
export interface ExtractPipeline {
  readonly pipeline: string;
  /** Schema of the raw and the normalized tables. */
  readonly schema: string;
  readonly explode?: Path;
  readonly columns: readonly ExtractColumn[];
  /** The column that names an order: documents that share its value are versions of one order. */
  readonly key: string;
  /**
   * What to do about fields that nobody has defined, besides telling: leave them in the raw documents (unless given), add a column of
   * text to the history for each, or hold their documents back.
   */
  readonly drift?: 'ignore' | 'evolve' | 'quarantine';
  /** The document's own version, if it has one; otherwise load time decides. */
  readonly version?: { readonly document: Path; readonly type: ColumnType };
}

/** What every normalized row tells of its origin, behind the pipeline's own columns. */
export const LINEAGE = [
  { name: 'FILE_NAME', type: 'VARCHAR' },
  { name: 'FILE_ROW_NUMBER', type: 'NUMBER(38,0)' },
  { name: 'ROW_VERSION', type: 'VARCHAR' },
  { name: 'BATCH_ID', type: 'VARCHAR' },
  /** What could not be read as its type, or as a document at all; NULL for a clean row. */
  { name: 'DEFECTS', type: 'VARCHAR' },
] as const satisfies readonly { name: string; type: ColumnType }[];
