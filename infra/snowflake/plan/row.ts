type Cell = string | number | boolean | null | { readonly text: string };

/** A row as SHOW gives it; columns of SHOW are named in small letters. */
export type Row = Readonly<Record<string, Cell>>;

/** Runs one statement that changes nothing. */
export type Ask = (text: string) => Promise<readonly Row[]>;

/** A cell as text; empty for NULL. */
export const text = (value: Cell | undefined): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? value.text : String(value);
