import { NONE, type Options } from './format-options.ts';
import { text } from './option-text.ts';

/** How the rows of a Parquet file become documents, and how files are compressed inside that are written. */
export interface ParquetFormat {
  readonly type: 'PARQUET';
  readonly useLogicalType: boolean;
  readonly compression: 'SNAPPY' | 'LZO' | 'NONE';
}

/** The format that checked options stand for. */
export const parquetFormat = ({
  COMPRESSION = 'AUTO',
  SNAPPY_COMPRESSION,
  USE_LOGICAL_TYPE,
}: Options): ParquetFormat => {
  const isNone = COMPRESSION === NONE || SNAPPY_COMPRESSION === false;
  const named = text(COMPRESSION).toUpperCase() === 'LZO' ? 'LZO' : 'SNAPPY';
  return { type: 'PARQUET', useLogicalType: USE_LOGICAL_TYPE === true, compression: isNone ? 'NONE' : named };
};
