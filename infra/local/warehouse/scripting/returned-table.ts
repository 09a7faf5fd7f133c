import { parseColumnType } from '../catalog/column-types.ts';
import { SnowflakeError, type Column } from '../contract.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';

/** Reads the columns of RETURNS TABLE (name type, ...); none, if the table is to come as it is. */
export const parseTable = (cursor: Cursor): readonly Column[] =>
  cursor.list(() => ({ name: cursor.identifier(), ...parseColumnType(cursor), nullable: true }));

/** A returned table under the names that its procedure declares; its columns must be of the declared types. */
export const asTable = (outcome: Outcome, declared: readonly Column[]): Outcome => {
  if (declared.length === 0) return outcome;
  const { columns } = outcome;
  if (declared.length !== columns.length || !declared.every((column, i) => fits(columns[i]!, column)))
    throw new SnowflakeError(
      '090231',
      'P0000',
      'Stored procedure execution error: data type of returned table does not match expected returned table type',
    );
  return { ...outcome, columns: columns.map((column, i) => ({ ...column, name: declared[i]!.name })) };
};

const UNRETURNABLE = new Set(['geography', 'geometry']);
const SCALED = /^time/;

const fits = (column: Column, declared: Column): boolean =>
  column.type === declared.type &&
  !UNRETURNABLE.has(declared.type) &&
  (!SCALED.test(column.type) || column.scale === declared.scale);

/** The error of a block that ended without the table that it was to return. */
export const missingReturn = (): SnowflakeError =>
  new SnowflakeError('002000', 'P0000', 'SQL compilation error: stored procedure is missing a return statement');
