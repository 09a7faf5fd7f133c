import type { CatalogObject, ContainerDetails } from './object.ts';

const shared = (id: number, ...path: string[]): CatalogObject<ContainerDetails> => ({
  id,
  kind: path.length === 1 ? 'DATABASE' : 'SCHEMA',
  path,
  owner: '',
  comment: '',
  createdOn: '1970-01-01T00:00:00.000Z',
  details: { transient: false, retentionDays: 0 },
});

/** The database SNOWFLAKE, which every account is given: named and granted as others are, never listed or changed. */
export const SHARED: readonly CatalogObject[] = [
  shared(-1, 'SNOWFLAKE'),
  shared(-2, 'SNOWFLAKE', 'ACCOUNT_USAGE'),
  shared(-3, 'SNOWFLAKE', 'INFORMATION_SCHEMA'),
];

/** Whether an object belongs to the database SNOWFLAKE. */
export const isShared = ({ id }: { readonly id: number }): boolean => id < 0;
