import type { Column } from '../contract.ts';

/** Everything that DDL creates. */
export type ObjectKind =
  | 'DATABASE'
  | 'SCHEMA'
  | 'TABLE'
  | 'DROPPED DATABASE'
  | 'DROPPED SCHEMA'
  | 'DROPPED TABLE'
  | 'VIEW'
  | 'STREAM'
  | 'DYNAMIC TABLE'
  | 'STAGE'
  | 'FILE FORMAT'
  | 'PIPE'
  | 'TASK'
  | 'PROCEDURE'
  | 'FUNCTION'
  | 'SEQUENCE'
  | 'WAREHOUSE'
  | 'ROLE'
  | 'USER'
  | 'INTEGRATION'
  | 'MASKING POLICY'
  | 'ROW ACCESS POLICY'
  | 'TAG'
  | 'ALERT'
  | 'TAG REFERENCE'
  | 'GRANT';

/** One object of the catalog; immutable, a change puts another one with the same id. */
export interface CatalogObject<Details = unknown> {
  /** Never used again, also after a drop: a stream knows its table by it. */
  readonly id: number;
  readonly kind: ObjectKind;
  /** Folded names from the outside in: [database, schema, name] for most, [name] for what belongs to the account. */
  readonly path: readonly string[];
  /** The role that owns it. */
  readonly owner: string;
  readonly comment: string;
  readonly createdOn: string;
  /** When DDL last touched it, and whose; unknown of what was made before this was kept. */
  readonly alteredOn?: string;
  readonly alteredBy?: string;
  readonly details: Details;
}

/** A policy on a column or table, by its id; the columns whose values it is given, in the order of its arguments. */
export interface AttachedPolicy {
  readonly policy: number;
  readonly columns: readonly string[];
}

/** A column of a table or view as it was declared. */
export interface DeclaredColumn extends Column {
  /** As written; its DuckDB text is part of the physical table. */
  readonly defaultText?: string;
  /** The default in DuckDB's words. */
  readonly defaultSql?: string;
  readonly comment?: string;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  /** What its own definition says that it refers to. */
  readonly references?: KeyTarget;
  /** How loading has changed it last, in JSON. */
  readonly evolution?: string;
  readonly autoincrement?: { readonly start: number; readonly step: number };
  readonly masking?: AttachedPolicy;
  /** Values of its own tags, by the tag's id. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The table and columns that a foreign key refers to. */
export interface KeyTarget {
  readonly path: readonly string[];
  readonly columns: readonly string[];
}

/** A constraint that Snowflake remembers and does not enforce. */
export interface Key {
  readonly kind: 'PRIMARY KEY' | 'UNIQUE' | 'FOREIGN KEY';
  readonly name?: string;
  readonly columns: readonly string[];
  readonly target?: KeyTarget;
}

/** What a table's catalog entry holds besides its name. */
export interface TableDetails {
  /** Quoted DuckDB name of the table that holds the rows; renames leave it alone. */
  readonly physical: string;
  readonly columns: readonly DeclaredColumn[];
  readonly lifetime: 'permanent' | 'transient' | 'temporary';
  /** Whether the physical table has the column METADATA$TXN, for streams. */
  readonly tracked: boolean;
  readonly clusterBy?: string;
  /** Whether COPY may add columns: ENABLE_SCHEMA_EVOLUTION. */
  readonly evolves?: boolean;
  /** Keys that are declared beside the columns. */
  readonly keys?: readonly Key[];
  /** Quoted DuckDB names of the sequences behind its AUTOINCREMENT columns. */
  readonly sequences?: readonly string[];
  readonly retentionDays: number;
  readonly rowAccess?: AttachedPolicy;
}

/** What a materialized view's catalog entry holds besides. */
export interface MaterializedDetails {
  /** Id of the table that it is made of, and what that was called then. */
  readonly base: number;
  readonly basePath: readonly string[];
  readonly clusterBy?: string;
  readonly suspended?: boolean;
}

/** What a view's catalog entry holds: its query is translated anew wherever it is used. */
export interface ViewDetails {
  readonly query: string;
  readonly columns: readonly DeclaredColumn[];
  /** The whole statement, for SHOW VIEWS. */
  readonly text: string;
  readonly secure: boolean;
  readonly materialized?: MaterializedDetails;
  /** Whether SHOW VIEWS says that its changes can be followed. */
  readonly changeTracking?: boolean;
  readonly rowAccess?: AttachedPolicy;
}

/** What a database's or schema's catalog entry holds. */
export interface ContainerDetails {
  readonly transient: boolean;
  readonly retentionDays: number;
}

/** What a sequence's catalog entry holds; DuckDB counts. */
export interface SequenceDetails {
  readonly physical: string;
  readonly start: number;
  readonly step: number;
}

/** A table, with its details. */
export type TableObject = CatalogObject<TableDetails> & { readonly kind: 'TABLE' };

/** A table that UNDROP brings back; of each name the last one dropped is kept. */
export type DroppedTable = CatalogObject<{
  readonly table: TableObject;
  readonly droppedOn: string;
  /** What was granted on it. */
  readonly grants?: readonly CatalogObject[];
}> & {
  readonly kind: 'DROPPED TABLE';
};

/** A view, with its details. */
export type ViewObject = CatalogObject<ViewDetails> & { readonly kind: 'VIEW' };

/** The key that no two living objects share: tables, views and streams have one namespace. */
export const keyOf = (kind: ObjectKind, path: readonly string[]): string =>
  `${kind === 'VIEW' || kind === 'STREAM' || kind === 'DYNAMIC TABLE' ? 'TABLE' : kind}\0${path.join('\0')}`;

/** The same without one of its properties. */
export const omit = <T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> => {
  const { [key]: gone, ...rest } = from;
  void gone;
  return rest;
};
