import type { CatalogObject } from '../catalog/object.ts';

/** What a stream's catalog entry holds; where it stands is in its offset, which moves with the transactions that read it. */
export interface StreamDetails {
  /** Id of the table or view that it watches; names may move on. */
  readonly tableId: number;
  /** Ids of the tables behind a view. */
  readonly tables?: readonly number[];
  /** As it was named when the stream was made. */
  readonly table: readonly string[];
  readonly mode: 'APPEND_ONLY' | 'DEFAULT';
  readonly initialRows: boolean;
}

export type StreamObject = CatalogObject<StreamDetails> & { readonly kind: 'STREAM' };
