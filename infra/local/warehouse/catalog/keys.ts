import { createHash } from 'node:crypto';
import type { CatalogObject, DeclaredColumn, Key, KeyTarget, TableDetails } from './object.ts';

/** All keys of a table with their names: those declared beside the columns, and those that stand in a column's own definition. */
export const keysOf = (table: CatalogObject<TableDetails>): (Key & { readonly name: string })[] => {
  const { columns, keys = [] } = table.details;
  const covered = (kind: Key['kind'], name: string): boolean =>
    keys.some((key) => key.kind === kind && key.columns.includes(name));
  const single = (kind: Key['kind'], column: DeclaredColumn, target?: KeyTarget): Key[] =>
    covered(kind, column.name) ? [] : [{ kind, columns: [column.name], ...(target && { target }) }];
  const own = columns.flatMap((column) => [
    ...(column.primaryKey ? single('PRIMARY KEY', column) : []),
    ...(column.unique ? single('UNIQUE', column) : []),
    ...(column.references ? single('FOREIGN KEY', column, column.references) : []),
  ]);
  return [...keys, ...own].map((key) => ({ ...key, name: key.name ?? madeName(table.id, key) }));
};

/** A name that stays the same for a constraint without one. */
const madeName = (id: number, { kind, columns }: Key): string => {
  const digest = createHash('sha1')
    .update([id, kind, ...columns].join('\0'))
    .digest('hex');
  return `SYS_CONSTRAINT_${[digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-')}`;
};

/** A table's details with one key more. */
export const withKey = (details: TableDetails, key: Key): TableDetails => ({
  ...details,
  keys: [...(details.keys ?? []), key],
  columns: details.columns.map((column) => (key.columns.includes(column.name) ? flagged(column, key.kind) : column)),
});

/** What a key says of each of its columns. */
export const flagged = (column: DeclaredColumn, kind: Key['kind']): DeclaredColumn => {
  if (kind === 'PRIMARY KEY') return { ...column, primaryKey: true, nullable: false };
  return kind === 'UNIQUE' ? { ...column, unique: true } : column;
};

/** A table's details without the keys that `gone` picks. */
export const withoutKeys = (table: CatalogObject<TableDetails>, gone: (key: Key) => boolean): TableDetails => {
  const dropped = keysOf(table).filter(gone);
  const kept = keysOf(table).filter((key) => !gone(key));
  const holds = (kind: Key['kind'], name: string): boolean =>
    kept.some((key) => key.kind === kind && key.columns.includes(name));
  return {
    ...table.details,
    keys: kept,
    columns: table.details.columns.map((column) => {
      if (!dropped.some((key) => key.columns.includes(column.name))) return column;
      const { primaryKey, unique, references, ...rest } = column;
      return {
        ...rest,
        ...(primaryKey && holds('PRIMARY KEY', column.name) && { primaryKey }),
        ...(unique && holds('UNIQUE', column.name) && { unique }),
        ...(references && holds('FOREIGN KEY', column.name) && { references }),
      };
    }),
  };
};
