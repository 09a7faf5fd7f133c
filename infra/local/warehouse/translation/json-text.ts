import type { Typed } from './types.ts';

/** A semi-structured value as text without JSON's quotes; JSON null becomes NULL. */
export const jsonText = ({ sql, within }: Typed): string =>
  `_sf.unmarked(${within ? `json_extract_string(${within.document}, ${within.path})` : `(${sql} ->> '$')`})`;

/** DuckDB's name for the kind of JSON value. */
export const jsonType = ({ sql, within }: Typed): string =>
  within ? `json_type(${within.document}, ${within.path})` : `json_type(${sql})`;
