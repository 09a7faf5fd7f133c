import { StatementNames } from '../catalog/names.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import type { Column, Relation } from '../contract.ts';
import { integer, text, timestamp } from '../session/outcome.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { hasHeader, type FileFormat } from '../stages/file-format.ts';
import { STAGED } from './staged-query.ts';

/** The name of the table into which records are converted before they reach the real one. */
export const CONVERTED = '@CONVERTED';

/** Stands in translated texts for the database that holds one statement's staged rows. */
export const SLOT = '"@slot"';

/** The staged records as a relation with `$1`, `$2`, ... and the METADATA$ columns. */
export const stagedRelation = (format: FileFormat, width: number, name = STAGED): Relation => {
  const isPlain = format.type === 'CSV' && !hasHeader(format);
  const places = Array.from({ length: width }, (_, i) => i + 1);
  const fields = places.map((place): Column => (isPlain ? text(`$${place}`) : { name: `$${place}`, type: 'variant' }));
  const read = places
    .map((place) => `r.c${place}${isPlain ? '' : '::JSON'} AS ${quoteIdentifier(`$${place}`)}`)
    .join(', ');
  return {
    ...nowhere(name),
    kind: 'table',
    read: `(SELECT ${read}, f.name AS "METADATA$FILENAME", r.line AS "METADATA$FILE_ROW_NUMBER", f.content_key AS "METADATA$FILE_CONTENT_KEY", f.last_modified AS "METADATA$FILE_LAST_MODIFIED", f.scan_start AS "METADATA$START_SCAN_TIME" FROM ${SLOT}.main.records r, ${SLOT}.main.files f WHERE f.id = r.file AND r.n BETWEEN getvariable('staged_from') AND getvariable('staged_to'))`,
    columns: [
      ...fields,
      text('METADATA$FILENAME'),
      integer('METADATA$FILE_ROW_NUMBER'),
      text('METADATA$FILE_CONTENT_KEY'),
      { name: 'METADATA$FILE_LAST_MODIFIED', type: 'timestamp_ntz' },
      timestamp('METADATA$START_SCAN_TIME'),
    ],
  };
};

/** A table of these columns, into which converted records go. */
export const convertedRelation = (columns: readonly Column[]): Relation => ({
  ...nowhere(CONVERTED),
  kind: 'table',
  read: `${SLOT}.main.converted`,
  write: `${SLOT}.main.converted`,
  columns,
});

const nowhere = (name: string): { database: string; schema: string; name: string } => ({
  database: '',
  schema: '',
  name,
});

/** A session's names, and some that only one statement knows. */
export class StagedNames extends StatementNames {
  readonly #own: readonly Relation[];

  constructor(scope: NameScope, own: readonly Relation[]) {
    super(scope);
    this.#own = own;
  }

  override relation(parts: readonly string[]): Relation | undefined {
    return (parts.length === 1 ? this.#own.find(({ name }) => name === parts[0]) : undefined) ?? super.relation(parts);
  }
}
