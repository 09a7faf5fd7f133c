import type { Column } from 'snowflake-sdk';

/** JSON out of a VARIANT, OBJECT or ARRAY, as the warehouse spelled it. */
export class Json {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value of a result: decimals with a scale, and integers that a double can't hold, are text. */
export type Cell = string | number | boolean | null | Json;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const integer = (text: string): Cell => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
const real = (text: string): Cell => (Number.isFinite(Number(text)) ? Number(text) : text);

/** How a column's values, fetched as text, become cells. */
export const cellReader = (
  column: Pick<Column, 'getType' | 'getScale' | 'isVariant' | 'isObject' | 'isArray'>,
): ((value: unknown) => Cell) => {
  const typed = (text: string): Cell => {
    if (column.getType() === 'fixed') return column.getScale() > 0 ? text : integer(text);
    if (column.getType() === 'real') return real(text);
    if (column.isVariant() || column.isObject() || column.isArray()) return isJson(text) ? new Json(text) : text;
    return text;
  };
  return (value) => {
    if (value === null || value === undefined) return null;
    // The driver may spell a NULL that it fetches as text so; no value of any other type than text reads like this.
    if (value === 'NULL' && column.getType() !== 'text') return null;
    return typeof value === 'boolean' ? value : typed(typeof value === 'string' ? value : JSON.stringify(value));
  };
};

/** A cell as JSON text; JSON of the warehouse goes through digit by digit. */
export const toJson = (cell: Cell): string => (cell instanceof Json ? cell.text : JSON.stringify(cell));

/** A cell as a person reads it. */
export const toText = (cell: Cell): string => {
  if (cell === null) return 'NULL';
  return cell instanceof Json ? cell.text : String(cell);
};

/** A row as a JSON object; of columns that share a name, later ones are numbered. */
export const rowToJson = (names: readonly string[], row: readonly Cell[]): string =>
  `{${row.map((cell, index) => `${JSON.stringify(names[index])}:${toJson(cell)}`).join(',')}}`;

/** Names that differ from each other: `A, A` becomes `A, A_2`. */
export const distinctNames = (names: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    let candidate = name;
    for (let number = 2; taken.has(candidate); number += 1) candidate = `${name}_${number}`;
    taken.add(candidate);
    return candidate;
  });
};
