import type { FlattenColumn } from './flatten-text.ts';
import { MARK } from './prepare/functions.ts';
import { nodesAt, partsOf, textAt } from './tree.ts';
import type { Node } from './tree.ts';
import { fixed, TEXT } from './types.ts';
import type { Type } from './types.ts';

/** Table functions that explode the array which another function makes of a text. */
const SPLITS: Readonly<Record<string, string>> = {
  [`${MARK}SPLIT_TO_TABLE`]: `${MARK}SPLIT`,
  [`${MARK}STRTOK_SPLIT_TO_TABLE`]: `${MARK}STRTOK_TO_ARRAY`,
};

/** One column of such a table: where FLATTEN has it, and what becomes of it there. */
export interface SplitColumn {
  readonly from: FlattenColumn;
  readonly type: Type;
  readonly of: (sql: string) => string;
}

export const SPLIT_COLUMNS: readonly SplitColumn[] = [
  { from: 'SEQ', type: fixed(38, 0), of: (sql) => sql },
  { from: 'INDEX', type: fixed(38, 0), of: (sql) => `(${sql} + 1)` },
  { from: 'VALUE', type: TEXT, of: (sql) => `(${sql} ->> '$')` },
];

/** The call that makes the array for SPLIT_TO_TABLE or STRTOK_SPLIT_TO_TABLE; undefined for any other call. */
export const splitCall = (node: Node): Node | undefined => {
  const parts = partsOf(node);
  const name = SPLITS[textAt(parts, 'name')?.toUpperCase() ?? ''];
  return name === undefined ? undefined : { function: { name, args: nodesAt(parts, 'args') } };
};
