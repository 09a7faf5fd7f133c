import type { Column } from '../contract.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { dataType } from './prepare/data-type.ts';
import { isClocked } from './types.ts';
import type { Type } from './types.ts';

/** The type of a catalog column. */
export const typeOfColumn = (column: Column): Type =>
  column.structure === undefined ? plainType(column) : dataType(new Cursor(tokenize(column.structure)));

const plainType = (column: Column): Type => ({
  name: column.type,
  ...(column.type === 'fixed' && { precision: column.precision ?? 38, scale: column.scale ?? 0 }),
  ...(isClocked(column.type) && column.scale !== undefined && column.scale < 6 && { scale: column.scale }),
  ...(column.length !== undefined && { length: column.length }),
  ...(column.collation !== undefined && { collation: column.collation }),
});
