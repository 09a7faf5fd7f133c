import accessors from '@duckdb/node-api/lib/vectors/dataAccessors.js';

// DuckDB's driver takes a byte order mark at the start of any value for a mark and drops it; in a value it is a character like others.
(accessors as { textDecoder: InstanceType<typeof TextDecoder> }).textDecoder = new TextDecoder('utf-8', {
  ignoreBOM: true,
});
