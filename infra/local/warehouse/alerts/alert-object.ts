import type { CatalogObject } from '../catalog/object.ts';

/** What an alert's catalog entry holds. */
export interface AlertDetails {
  readonly warehouse: string | undefined;
  readonly schedule: string;
  /** The statement inside IF (EXISTS (...)), as written. */
  readonly condition: string;
  /** The statement behind THEN, as written. */
  readonly action: string;
  readonly started: boolean;
  /** From when an interval counts. */
  readonly base: string;
  readonly runbook: string | undefined;
}

export type AlertObject = CatalogObject<AlertDetails> & { readonly kind: 'ALERT' };
