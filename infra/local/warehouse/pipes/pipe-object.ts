import type { CatalogObject } from '../catalog/object.ts';

/** What a pipe's catalog entry holds. */
export interface PipeDetails {
  readonly autoIngest: boolean;
  /** Its COPY INTO statement, as written. */
  readonly copy: string;
  readonly paused?: boolean;
  /** Whether it came with the clone of its schema and has not been resumed since. */
  readonly cloned?: boolean;
}

export type PipeObject = CatalogObject<PipeDetails> & { readonly kind: 'PIPE' };
