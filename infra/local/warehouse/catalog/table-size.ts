import type { TableDetails } from './object.ts';

const BYTES_A_CELL = 8;
const BLOCK = 512;

/** DuckDB text of how many bytes a table takes: a rough guess that grows with its cells, in whole blocks, and is 0 for an empty one. */
export const sizeText = ({ physical, columns }: Pick<TableDetails, 'physical' | 'columns'>): string =>
  `(SELECT CAST(ceil(count(*) * ${columns.length * BYTES_A_CELL} / ${BLOCK}) * ${BLOCK} AS BIGINT) FROM ${physical})`;
