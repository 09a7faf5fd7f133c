/** A name in double quotes, as DuckDB and Snowflake both read it. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The name as Snowflake writes it in its own output: bare if it can be, else in quotes. */
export const displayIdentifier = (name: string): string =>
  /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : quoteIdentifier(name);

/** A dotted name as Snowflake writes it in messages. */
export const displayName = (parts: readonly string[]): string => parts.map(displayIdentifier).join('.');

/** The folded parts of a name written as text, `db."My Schema".t`. */
export const nameParts = (text: string): string[] =>
  [...text.matchAll(/"((?:[^"]|"")*)"|([^."\s]+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? bare!.toUpperCase() : quoted.replaceAll('""', '"'),
  );
