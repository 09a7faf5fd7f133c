/** The types on which the warehouse's parts meet: protocol, session, translation, catalog, scheduler. */

/** A column as Snowflake describes it; `precision`, `scale` and `length` only where its type has them. */
export interface Column {
  readonly name: string;
  readonly type: SnowflakeType;
  readonly nullable?: boolean;
  readonly precision?: number;
  readonly scale?: number;
  readonly length?: number;
  /** A structured type as Snowflake spells it, such as `ARRAY(NUMBER(38,0))`. */
  readonly structure?: string;
  /** How its texts are compared. */
  readonly collation?: string;
}

/** A typed value on its way in (a bind) or out (a result): always text as the wire has it, null for SQL NULL. */
export interface Value {
  readonly type: SnowflakeType;
  readonly text: string | null;
}

/** Snowflake's logical types, spelled as its wire protocol spells them. */
export type SnowflakeType =
  | 'fixed'
  | 'real'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp_ntz'
  | 'timestamp_ltz'
  | 'timestamp_tz'
  | 'variant'
  | 'object'
  | 'array'
  | 'map'
  | 'binary';

/** A fully resolved name: database, schema, object; already folded, never quoted. */
export interface QualifiedName {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

/** Something that a FROM clause or a DML statement can name. */
export interface Relation extends QualifiedName {
  readonly kind: 'table' | 'view' | 'stream' | 'dynamic table';
  /** DuckDB text that stands for it in FROM: a quoted name, or a subquery in parentheses (streams, tracked tables). */
  readonly read: string;
  /** DuckDB text of the table that DML writes to; absent for views and streams. */
  readonly write?: string;
  /** Its visible columns, in order. */
  readonly columns: readonly Column[];
  /** What policies do to it; `read` does it already, DML that changes rows has to. */
  readonly guard?: Guard;
}

/** What stands between a table and those who change its rows, as expressions of its columns in Snowflake's dialect. */
export interface Guard {
  /** What the policies are called in them. */
  readonly names: Names;
  /** What is seen in the place of a column. */
  readonly masks: ReadonlyMap<string, string>;
  /** Which rows are seen. */
  readonly rows?: string;
}

/** A user-defined SQL function; translation puts its body in the place of each call. */
export interface Routine {
  readonly parameters: readonly {
    readonly name: string;
    readonly type: Omit<Column, 'name'>;
    readonly fallback?: string;
  }[];
  readonly returns: Omit<Column, 'name'>;
  /** The columns of a function that returns a table; it stands in FROM. */
  readonly table?: readonly Column[];
  /** An expression, or a query in parentheses. */
  readonly body: string;
  /** Whether a NULL among the arguments makes the result NULL. */
  readonly strict: boolean;
  /** The number of a function that is answered between two runs of a statement: by a remote service, or by its own block. */
  readonly external?: number;
  /** The number of a function in JavaScript. */
  readonly javascript?: number;
  /** Whether it sees the rows of a table together. */
  readonly stateful?: boolean;
  /** What names mean in its body. */
  readonly names: Names;
  /** DuckDB texts that stand in its body for what the session would say, by variable: `sf_database`. */
  readonly pinned?: ReadonlyMap<string, string>;
}

/** A moment of the past: one of the clock, or the end of a statement; `before` leaves out what happened right then. */
export type Moment = ({ readonly time: Date } | { readonly statement: string } | { readonly secondsAgo: number }) & {
  readonly before: boolean;
};

/** What a CHANGES clause asks for. */
export interface ChangesWanted {
  readonly appendOnly: boolean;
  readonly from: Moment;
  /** Without it: now. */
  readonly to?: Moment;
}

/** How translation asks what a name means in this session. */
export interface Names {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  /** Parts are folded already (unquoted ones upper-cased); one to three of them. Undefined: no such object, or not visible to the role. */
  relation(parts: readonly string[]): Relation | undefined;
  /** The table of this name as it was at a moment, or what has changed in it; undefined as for `relation`. */
  past(parts: readonly string[], wanted: Moment | ChangesWanted): Relation | undefined;
  /** The user-defined SQL functions of this name, which differ in their arguments. */
  routines(parts: readonly string[]): readonly Routine[];
  /** Session variables (`$name`), as SQL literals. */
  variable(name: string): string | undefined;
  /** The quoted DuckDB name of a sequence, for `seq.NEXTVAL`. */
  sequence?(parts: readonly string[]): string | undefined;
  /** What stands in FROM for `TABLE(name(args))`: RESULT_SCAN, INFORMATION_SCHEMA.TASK_HISTORY, user-defined table functions. Undefined: no such function. */
  tableFunction(parts: readonly string[], args: readonly Argument[]): Relation | undefined;
}

/** One argument of a table function, translated; `name` where it was passed as `NAME => value`. */
export interface Argument {
  readonly name?: string;
  /** DuckDB text of the value. */
  readonly sql: string;
}

export type StatementKind =
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | 'merge'
  | 'multi-insert'
  | 'truncate'
  | 'create-table-as'
  | 'create-table'
  | 'create-view';

/** What a DML statement did to the rows that it counts; a multi-table INSERT names the table too. */
export interface RowChange {
  readonly did: 'inserted' | 'updated' | 'deleted';
  readonly table?: string;
  /** Whether each of these rows met several rows of FROM. */
  readonly multiJoined?: boolean;
}

/** One Snowflake statement in DuckDB's dialect. Texts use `$1`, `$2`, … for binds. */
export interface Translated {
  readonly kind: StatementKind;
  /** Run in order within one transaction; the last one's result is the statement's, except that DML counts are summed per `counts`. */
  readonly statements: readonly string[];
  /** For DML: what each statement's row count is a count of; undefined: it is not counted. Absent: the last one counts, by `kind`. */
  readonly counts?: readonly (RowChange | undefined)[];
  readonly reads: readonly Relation[];
  /** What is written: for DML the relation, for CREATE the name that comes into being. */
  readonly writes: readonly QualifiedName[];
  /** Output columns where translation knows better than DuckDB (VARIANT against text, NUMBER scale, LTZ/TZ); undefined entries: derive from DuckDB's type. */
  readonly columns?: readonly (Partial<Column> | undefined)[];
}

/** An error as Snowflake words it: six-digit code, SQL state, and for syntax errors line and position. */
export class SnowflakeError extends Error {
  override readonly name = 'SnowflakeError';
  readonly code: string;
  readonly sqlState: string;
  readonly line?: number;
  readonly position?: number;

  constructor(code: string, sqlState: string, message: string, at?: { line: number; position: number }) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
    if (at) {
      this.line = at.line;
      this.position = at.position;
    }
  }
}
