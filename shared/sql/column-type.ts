/** The column types that a pipeline's definition may use. */
export type ColumnType = 'VARCHAR' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP_NTZ' | `NUMBER(${number},${number})`;

const NUMBER = /^NUMBER\((\d{1,2}),(\d{1,2})\)$/;

/**
 * Precision and scale of a NUMBER, undefined for the other types; throws for anything else.
 * @example numberOf('NUMBER(12,3)') // { precision: 12, scale: 3 }
 */
export const numberOf = (type: ColumnType): { precision: number; scale: number } | undefined => {
  const match = NUMBER.exec(type);
  if (match) {
    const [precision, scale] = [Number(match[1]), Number(match[2])];
    if (precision >= 1 && precision <= 38 && scale <= precision) return { precision, scale };
  } else if (['VARCHAR', 'BOOLEAN', 'DATE', 'TIMESTAMP_NTZ'].includes(type)) return undefined;
  throw new RangeError(`not a column type: ${type}; use VARCHAR, BOOLEAN, DATE, TIMESTAMP_NTZ or NUMBER(p,s)`);
};
