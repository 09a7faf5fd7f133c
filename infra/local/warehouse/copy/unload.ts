import { readFile } from 'node:fs/promises';
import { invalid, unsupported } from '../catalog/errors.ts';
import { SnowflakeError, type Column } from '../contract.ts';
import type { Command, StatementContext } from '../session/command.ts';
import { integer, STATEMENT_TYPE, table, text, type Outcome, type WireRow } from '../session/outcome.ts';
import { displayName, quoteIdentifier } from '../sql/identifier.ts';
import type { FileFormat } from '../stages/file-format.ts';
import type { Options } from '../stages/format-options.ts';
import { text as optionText } from '../stages/option-text.ts';
import { resolveFormat } from '../stages/resolve-format.ts';
import { locate, locateUrl, type StageLocation } from '../stages/stage-access.ts';
import { isStage } from './parse-copy.ts';
import { parseUnload } from './parse-unload.ts';
import { unloadFiles } from './unload-files.ts';
import { encoded, extensionOf, lineOf } from './unload-format.ts';
import { parquetFile, parquetItem, parquetLine } from './unload-parquet.ts';

const MOST_BYTES = 16_777_216;
const DOCUMENTS = new Set(['variant', 'object', 'array']);

/** COPY INTO <location>: writes what a table or query has into files of a stage. */
export const unloadCommand: Command = {
  matches: (words, tokens) =>
    words[0] === 'COPY' &&
    words[1] === 'INTO' &&
    tokens[2] !== undefined &&
    (isStage(tokens[2]) || tokens[2].kind === 'string'),
  run: async (context) => {
    const { session, statement } = context;
    const { target, query, partition, options } = parseUnload(context.cursor(), statement);
    const location = 'url' in target ? locateUrl(session, target.url) : locate(session, target, 'WRITE');
    if (options['VALIDATION_MODE'] !== undefined) return context.execute(query, context.binds);
    const named = options['FILE_FORMAT'];
    const given = typeof named === 'string' ? { FORMAT_NAME: named } : (named as Options | undefined);
    const format = resolveFormat(session, given ?? location.stage?.details.format ?? {});
    if (given !== undefined && 'FILE_EXTENSION' in given) throw unsupported('FILE_EXTENSION of COPY INTO a location');
    const { columns, rows, partitions } = await rowsOf(context, query, partition, format);
    const header = options['HEADER'] === true && format.type === 'CSV' ? [lineOf(headerOf(columns), format)] : [];
    const files = unloadFiles(
      rows.map((row, i) => ({ text: textOf(row, columns, format), partition: partitions?.[i] })),
      header,
      {
        prefix: location.prefix,
        extension: extensionOf(format),
        queryId: partition !== undefined || options['INCLUDE_QUERY_ID'] === true ? context.queryId : undefined,
        single: options['SINGLE'] === true,
        mostBytes: format.type === 'PARQUET' ? Infinity : Number(options['MAX_FILE_SIZE'] ?? MOST_BYTES),
      },
    );
    const written: { key: string; bytes: number; rows: number }[] = [];
    for (const { key, content, rows: count } of files) {
      const bytes =
        format.type === 'PARQUET'
          ? await parquetFile(session.duck, content, columns, { header: options['HEADER'] === true, format })
          : encoded(content, format);
      if (options['OVERWRITE'] !== true) await refuseExisting(location, key);
      await location.store.write(key, bytes);
      written.push({ key, bytes: bytes.length, rows: count });
    }
    if (options['DETAILED_OUTPUT'] === true)
      return table(
        [text('FILE_NAME'), integer('FILE_SIZE'), integer('ROW_COUNT')],
        written.map(({ key, bytes, rows: count }) => [key.slice(location.base.length), bytes, count]),
        STATEMENT_TYPE.select,
      );
    const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);
    return table(
      [integer('rows_unloaded'), integer('input_bytes'), integer('output_bytes')],
      [[rows.length, sum(files.map(({ content }) => content.length)), sum(written.map(({ bytes }) => bytes))]],
      STATEMENT_TYPE.select,
    );
  },
};

/** Every value as the text that a file holds: documents as JSON. */
const rowsOf = async (
  context: StatementContext,
  query: string,
  partition: string | undefined,
  format: FileFormat,
): Promise<{
  columns: readonly Column[];
  rows: readonly WireRow[];
  partitions: readonly (string | null)[] | undefined;
}> => {
  const { session, warehouse, binds } = context;
  const { touched } = warehouse.plans.plan(query, session);
  if ([...touched.values()].some(({ kind }) => kind === 'stream'))
    throw unsupported('COPY INTO a location from a stream');
  const { columns } = await context.execute(`SELECT * FROM (${query}) LIMIT 0`, binds);
  if (format.type === 'JSON' && (columns.length !== 1 || !DOCUMENTS.has(columns[0]!.type)))
    throw invalid(
      'JSON file format can produce one and only one column of type variant, object, or array. Use CSV file format if you want to load more than one column.',
    );
  const items = columns.map((column) =>
    format.type === 'PARQUET'
      ? parquetItem(column)
      : `${DOCUMENTS.has(column.type) ? 'TO_JSON' : 'TO_VARCHAR'}(${quoteIdentifier(column.name)})`,
  );
  const path = partition === undefined ? [] : [`TO_VARCHAR(${partition})`];
  const outcome = await context.execute(`SELECT ${[...items, ...path].join(', ')} FROM (${query})`, binds);
  const rows = await allRows(outcome);
  return {
    columns,
    rows: partition === undefined ? rows : rows.map((row) => row.slice(0, -1)),
    partitions: partition === undefined ? undefined : rows.map((row) => row.at(-1)!),
  };
};

const textOf = (row: WireRow, columns: readonly Column[], format: FileFormat): string =>
  format.type === 'PARQUET' ? parquetLine(row) : lineOf(cellsOf(row, columns), format);

const allRows = async ({ rows, chunks }: Outcome): Promise<WireRow[]> => {
  const all = [...rows];
  for (const { file } of chunks) all.push(...(JSON.parse(`[${await readFile(file, 'utf8')}]`) as WireRow[]));
  return all;
};

const headerOf = (columns: readonly Column[]): { text: string; quoted: boolean }[] =>
  columns.map(({ name }) => ({ text: name, quoted: true }));

const cellsOf = (row: WireRow, columns: readonly Column[]): { text: string | null; quoted: boolean }[] =>
  row.map((cell, i) => ({ text: cell, quoted: !['fixed', 'real', 'boolean'].includes(columns[i]!.type) }));

const refuseExisting = async ({ store, stage }: StageLocation, key: string): Promise<void> => {
  if ((await store.find(key)) === undefined) return;
  const where = stage === undefined ? optionText(store.root) : `@${displayName(stage.path)}`;
  throw new SnowflakeError(
    '001030',
    '22000',
    `SQL execution error:\nFiles already existing at the unload destination: ${where}. Use overwrite option to force unloading.`,
  );
};
