import { quoteIdentifier } from '../../sql/identifier.ts';

interface Described {
  readonly COLUMN_NAME: string;
  readonly TYPE: string;
  readonly NULLABLE?: boolean;
  readonly EXPRESSION?: string;
}

/** Columns that INFER_SCHEMA has found, one a line, as CREATE TABLE, EXTERNAL TABLE or VIEW lists them. */
export const columnDescriptions = (columns: string, kind: string): string =>
  (JSON.parse(columns) as Described[])
    .map(({ COLUMN_NAME, TYPE, NULLABLE, EXPRESSION }) => {
      const name = quoteIdentifier(COLUMN_NAME);
      if (kind === 'view') return `${name} `;
      if (kind === 'external_table') return `${name} ${TYPE} AS (${EXPRESSION ?? `$1:${COLUMN_NAME}::${TYPE}`})`;
      return `${name} ${TYPE}${NULLABLE === false ? ' NOT NULL' : ''}`;
    })
    .join(',\n')
    .trimEnd();
