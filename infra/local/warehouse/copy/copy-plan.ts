import type { DeclaredColumn, TableObject } from '../catalog/object.ts';
import type { Session } from '../session/session.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { displayType } from '../catalog/column-types.ts';
import { qualify } from '../catalog/names.ts';
import { contextVariables } from '../session/context-variables.ts';
import { columnDefaults, scopeOf } from '../session/plan.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import { hasHeader, type FileFormat } from '../stages/file-format.ts';
import { resolveFormat } from '../stages/resolve-format.ts';
import { locate, locateUrl, type StageLocation } from '../stages/stage-access.ts';
import { toSnowflakeError } from '../translation/errors.ts';
import { translate } from '../translation/translate.ts';
import type { Conversion } from './convert.ts';
import { copyOptions, type CopyOptions, type OnError } from './copy-options.ts';
import type { CopyStatement } from './parse-copy.ts';
import { convertedRelation, CONVERTED, StagedNames, stagedRelation } from './staged-names.ts';
import { STAGED, stageArguments, stagedQuery } from './staged-query.ts';

/** A COPY statement with all that its names mean now. */
export interface CopyPlan {
  readonly table: TableObject;
  readonly columns: readonly DeclaredColumn[];
  readonly location: StageLocation;
  readonly format: FileFormat;
  readonly options: CopyOptions;
  /** Fields to be kept of each record. */
  readonly width: number;
  /** Fields that each record must have; undefined: any number. */
  readonly fieldCount: number | undefined;
  /** Sets what the defaults of columns read that the files do not fill. */
  readonly defaults: string | undefined;
  readonly conversion: Conversion;
  /** Whether it selects from the files. */
  readonly transforms: boolean;
}

/** Resolves a COPY statement in a session; `text` is what its tokens were read from, starting at `offset`. */
export const planCopy = (
  session: Session,
  statement: CopyStatement,
  text: string,
  offset: number,
  startedAt: Date,
  defaultOnError: OnError = { kind: 'abort' },
): CopyPlan => {
  const table = targetTable(session, statement.target);
  const columns = chosenColumns(table, statement.columns);
  const location =
    'url' in statement.source ? locateUrl(session, statement.source.url) : locate(session, statement.source);
  const options = copyOptions({ ...location.stage?.details.copyOptions, ...statement.options }, defaultOnError);
  const format = resolveFormat(
    session,
    stageArguments(statement.query ?? []).fileFormat ?? options.fileFormat ?? location.stage?.details.format ?? {},
  );
  if (statement.query !== undefined && options.matchByColumnName !== undefined)
    throw invalid('match_by_column_name is not supported with copy transform.');
  if (hasHeader(format) && (statement.query !== undefined || options.matchByColumnName === undefined))
    throw misplacedHeader();
  if (format.type === 'CSV' && !format.parseHeader && options.matchByColumnName !== undefined)
    throw invalid('MATCH_BY_COLUMN_NAME of CSV files needs the file format option PARSE_HEADER = TRUE');
  const query = statement.query && stagedQuery(statement.query, text, offset);
  if (query !== undefined && format.type === 'JSON' && (format.nullIf.length > 0 || format.trimSpace))
    throw unsupported('NULL_IF and TRIM_SPACE of JSON in a transformation');
  const plain = query === undefined ? plainItems(columns, format, options) : undefined;
  const width = query?.width ?? Math.max(1, format.type === 'CSV' && !hasHeader(format) ? columns.length : 1);
  const relation = stagedRelation(format, width);
  const insert = (into: readonly DeclaredColumn[], select: string): readonly string[] =>
    translate(
      `INSERT INTO "${CONVERTED}" (${into.map(({ name }) => quoteIdentifier(name)).join(', ')}) ${select}`,
      new StagedNames(scopeOf(session), [relation, convertedRelation(into)]),
    ).statements;
  const statements = insert(columns, query?.text ?? `SELECT ${plain!.join(', ')} FROM "${STAGED}"`);
  const counted = query === undefined && format.type === 'CSV' && format.errorOnColumnCountMismatch;
  return {
    table,
    columns,
    location,
    format,
    options,
    transforms: query !== undefined,
    width,
    fieldCount: counted ? columns.length : undefined,
    defaults: contextVariables(columnDefaults(table.details.columns), session, text, startedAt),
    conversion: {
      statements,
      preamble: contextVariables(statements, session, text, startedAt),
      explain: (error) => toSnowflakeError(error, text),
      ...(plain && {
        single: columns.map((column, i) => ({
          column: `"${table.path[2]}"["${column.name}":${i + 1}]`,
          statements: insert([{ ...column, nullable: true }], `SELECT ${plain[i]!} FROM "${STAGED}"`),
        })),
      }),
    },
  };
};

const targetTable = (session: Session, name: readonly string[]): TableObject => {
  const path = qualify(name, session);
  const table = session.temporary.get(path.join('\0')) ?? session.warehouse.catalog.find('TABLE', path);
  if (table === undefined || !session.access.visible(table)) throw notFound('TABLE', path);
  session.access.require('INSERT', table);
  return table as TableObject;
};

const chosenColumns = ({ details }: TableObject, names: readonly string[] | undefined): readonly DeclaredColumn[] =>
  names?.map((name) => {
    const column = details.columns.find((one) => one.name === name);
    if (column === undefined) throw invalid(`invalid identifier '${name}'`);
    return column;
  }) ?? details.columns;

/** What goes into each column when files are loaded as they are. */
const plainItems = (columns: readonly DeclaredColumn[], format: FileFormat, options: CopyOptions): string[] => {
  if (format.type !== 'CSV' && options.matchByColumnName === undefined) {
    const [only] = columns;
    if (columns.length !== 1 || !['variant', 'object', 'array'].includes(only!.type)) {
      throw invalid(
        `${format.type} file format can produce one and only one column of variant, object, or array type. Use CSV file format if you want to load more than one column.`,
      );
    }
    return ['"$1"'];
  }
  const unknown = Object.keys(options.includeMetadata).find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined) throw invalid(`invalid identifier '${unknown}'`);
  return columns.map((column, i) => {
    const metadata = options.includeMetadata[column.name];
    if (metadata !== undefined) return quoteIdentifier(metadata);
    const source = sourceOf(column.name, i, format, options);
    if (format.type === 'CSV' && ['variant', 'object', 'array'].includes(column.type))
      return `CAST(PARSE_JSON(${source}) AS ${displayType(column)})`;
    return options.truncateColumns && column.type === 'text' && column.length !== undefined
      ? `LEFT(CAST(${source} AS VARCHAR), ${column.length})`
      : source;
  });
};

/** A field of a delimited file, by its place or by its name in the header; else a member of a document. */
const sourceOf = (name: string, place: number, format: FileFormat, { matchByColumnName }: CopyOptions): string => {
  if (hasHeader(format)) return `CAST(${member(name, matchByColumnName!)} AS VARCHAR)`;
  return format.type === 'CSV' ? `"$${place + 1}"` : spelled(member(name, matchByColumnName!), format);
};

/** Names in the first record are of use only where columns are found by them. */
export const misplacedHeader = (): Error =>
  invalid('Invalid file format "PARSE_HEADER" is only allowed for CSV INFER_SCHEMA and MATCH_BY_COLUMN_NAME');

/** A member of a JSON document in which some strings stand for NULL. */
const spelled = (member: string, format: FileFormat): string => {
  if (format.type !== 'JSON') return member;
  if (format.trimSpace) throw unsupported('TRIM_SPACE of JSON with MATCH_BY_COLUMN_NAME');
  if (format.nullIf.length === 0) return member;
  const texts = format.nullIf.map(quoteSnowflakeString).join(', ');
  return `IFF(IS_VARCHAR(${member}) AND CAST(${member} AS VARCHAR) IN (${texts}), NULL, ${member})`;
};

const member = (name: string, how: 'CASE_SENSITIVE' | 'CASE_INSENSITIVE'): string =>
  `${how === 'CASE_SENSITIVE' ? 'GET' : 'GET_IGNORE_CASE'}("$1", ${quoteSnowflakeString(name)})`;
