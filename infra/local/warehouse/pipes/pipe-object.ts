import type { CatalogObject } from '../catalog/object.ts';

/** What a pipe's catalog entry holds. */
export interface PipeDetails {
  readonly autoIngest: boolean;
  /** Its COPY INTO statement, as written. */
  readonly copy: string;
  /** Set by PIPE_EXECUTION_PAUSED: files wait in the queue. */
  readonly paused: boolean;
  readonly integration: string | undefined;
  readonly errorIntegration: string | undefined;
}

export type PipeObject = CatalogObject<PipeDetails> & { readonly kind: 'PIPE' };

/** The address to which a bucket's notifications would go. */
export const notificationChannel = (region: string | undefined): string =>
  `arn:aws:sqs:${region ?? 'us-east-1'}:000000000000:sf-snowpipe-LOCAL`;
