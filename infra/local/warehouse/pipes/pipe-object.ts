import type { CatalogObject } from '../catalog/object.ts';

/** What a pipe's catalog entry holds. */
export interface PipeDetails {
  readonly autoIngest: boolean;
  /** Its COPY INTO statement, as written. */
  readonly copy: string;
  readonly paused?: boolean;
}

export type PipeObject = CatalogObject<PipeDetails> & { readonly kind: 'PIPE' };
