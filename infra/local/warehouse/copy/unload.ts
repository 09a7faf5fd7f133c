import { readFile } from 'node:fs/promises';
import { invalid, unsupported } from '../catalog/errors.ts';
import { SnowflakeError, type Column } from '../contract.ts';
import type { Command, StatementContext } from '../session/command.ts';
import { integer, STATEMENT_TYPE, table, type Outcome, type WireRow } from '../session/outcome.ts';
import { displayName, quoteIdentifier } from '../sql/identifier.ts';
import type { TextFormat } from '../stages/file-format.ts';
import type { Options } from '../stages/format-options.ts';
import { text } from '../stages/option-text.ts';
import { resolveFormat } from '../stages/resolve-format.ts';
import { locate, locateUrl, type StageLocation } from '../stages/stage-access.ts';
import { isStage } from './parse-copy.ts';
import { parseUnload } from './parse-unload.ts';
import { encoded, lineOf } from './unload-format.ts';

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
    const { target, query, options } = parseUnload(context.cursor(), statement);
    const location = 'url' in target ? locateUrl(session, target.url) : locate(session, target, 'WRITE');
    const named = options['FILE_FORMAT'];
    const given = typeof named === 'string' ? { FORMAT_NAME: named } : (named as Options | undefined);
    const format = resolveFormat(session, given ?? location.stage?.details.format ?? {});
    if (format.type === 'PARQUET') throw unsupported('COPY INTO a location as PARQUET');
    if (given !== undefined && 'FILE_EXTENSION' in given) throw unsupported('FILE_EXTENSION of COPY INTO a location');
    const { columns, rows } = await rowsOf(context, query, format);
    const lines = options['HEADER'] === true && format.type === 'CSV' ? [lineOf(headerOf(columns), format)] : [];
    const single = options['SINGLE'] === true;
    const most = Number(options['MAX_FILE_SIZE'] ?? MOST_BYTES);
    const files = filesOf(
      rows.map((row) => lineOf(cellsOf(row, columns), format)),
      lines,
      single ? Infinity : most,
    );
    let [input, output] = [0, 0];
    for (const [i, content] of files.entries()) {
      const { bytes, extension } = encoded(content, format);
      const key = single && !/(^|\/)$/.test(location.prefix) ? location.prefix : keyOf(location.prefix, i, extension);
      if (options['OVERWRITE'] !== true) await refuseExisting(location, key);
      await location.store.write(key, bytes);
      input += content.length;
      output += bytes.length;
    }
    return table(
      [integer('rows_unloaded'), integer('input_bytes'), integer('output_bytes')],
      [[rows.length, input, output]],
      STATEMENT_TYPE.select,
    );
  },
};

/** Every value as the text that a file holds: documents as JSON. */
const rowsOf = async (
  context: StatementContext,
  query: string,
  format: TextFormat,
): Promise<{ columns: readonly Column[]; rows: readonly WireRow[] }> => {
  const { session, warehouse, binds } = context;
  const { touched } = warehouse.plans.plan(query, session);
  if ([...touched.values()].some(({ kind }) => kind === 'stream'))
    throw unsupported('COPY INTO a location from a stream');
  const { columns } = await context.execute(`SELECT * FROM (${query}) LIMIT 0`, binds);
  if (format.type === 'JSON' && (columns.length !== 1 || !DOCUMENTS.has(columns[0]!.type)))
    throw invalid(
      'JSON file format can produce one and only one column of type variant, object, or array. Use CSV file format if you want to load more than one column.',
    );
  const items = columns.map(
    ({ name, type }) => `${DOCUMENTS.has(type) ? 'TO_JSON' : 'TO_VARCHAR'}(${quoteIdentifier(name)})`,
  );
  const outcome = await context.execute(`SELECT ${items.join(', ')} FROM (${query})`, binds);
  return { columns, rows: await allRows(outcome) };
};

const allRows = async ({ rows, chunks }: Outcome): Promise<WireRow[]> => {
  const all = [...rows];
  for (const { file } of chunks) all.push(...(JSON.parse(`[${await readFile(file, 'utf8')}]`) as WireRow[]));
  return all;
};

const headerOf = (columns: readonly Column[]): { text: string; quoted: boolean }[] =>
  columns.map(({ name }) => ({ text: name, quoted: true }));

const cellsOf = (row: WireRow, columns: readonly Column[]): { text: string | null; quoted: boolean }[] =>
  row.map((cell, i) => ({ text: cell, quoted: !['fixed', 'real', 'boolean'].includes(columns[i]!.type) }));

/** The lines, each file begun by the header and no longer than it may be. */
const filesOf = (lines: readonly string[], header: readonly string[], most: number): Buffer[] => {
  const files: string[][] = [];
  let size = 0;
  for (const line of lines) {
    const bytes = Buffer.byteLength(line);
    if (files.length === 0 || size + bytes > most) {
      files.push([...header]);
      size = 0;
    }
    files.at(-1)!.push(line);
    size += bytes;
  }
  return files.map((file) => Buffer.from(file.join('')));
};

const keyOf = (prefix: string, number: number, extension: string): string => {
  const name = /(^|\/)$/.test(prefix) ? `${prefix}data_` : prefix.endsWith('_') ? prefix : `${prefix}_`;
  return `${name}0_${number}_0${extension}`;
};

const refuseExisting = async ({ store, stage }: StageLocation, key: string): Promise<void> => {
  if ((await store.find(key)) === undefined) return;
  const where = stage === undefined ? text(store.root) : `@${displayName(stage.path)}`;
  throw new SnowflakeError(
    '001030',
    '22000',
    `SQL execution error:\nFiles already existing at the unload destination: ${where}. Use overwrite option to force unloading.`,
  );
};
