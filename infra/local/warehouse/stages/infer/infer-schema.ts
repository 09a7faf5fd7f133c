import { chooseFiles } from '../../copy/choose-files.ts';
import { closing } from '../../copy/staged-query.ts';
import { invalid, unsupported } from '../../catalog/errors.ts';
import { bindInOrder } from '../../session/binds.ts';
import type { Command, StatementContext } from '../../session/command.ts';
import { runTranslated } from '../../session/run-translated.ts';
import { Cursor } from '../../sql/cursor.ts';
import { tokenize } from '../../sql/lexer.ts';
import { quoteSnowflakeString } from '../../sql/string-literal.ts';
import type { Token } from '../../sql/token.ts';
import { resolveFormat } from '../resolve-format.ts';
import { locate } from '../stage-access.ts';
import { parseStageReference } from '../stage-reference.ts';
import { inferColumns, type InferredColumn } from './infer-files.ts';

const QUERIES = new Set(['SELECT', 'WITH', 'INSERT']);

/** Queries over TABLE(INFER_SCHEMA(...)): the files are read first, then what was found stands in its place. */
export const inferSchemaQueries: Command = {
  matches: (words, tokens) => QUERIES.has(words[0] ?? '') && callIn(tokens) !== undefined,
  run: async (context) => {
    const { text, values } = bindInOrder(context.statement, context.binds);
    const written = await inferred(context, text);
    return runTranslated({
      ...context,
      statement: { text: written, tokens: tokenize(written) },
      binds: { positional: values },
    });
  },
};

/** A query's text in which the columns that INFER_SCHEMA finds stand in the place of its calls. */
export const inferred = async (context: StatementContext, query: string): Promise<string> => {
  let text = query;
  for (
    let tokens = tokenize(text), at = callIn(tokens);
    at !== undefined;
    tokens = tokenize(text), at = callIn(tokens)
  ) {
    const close = closing(tokens, at + 1);
    const rows = await columnsAsked(context, new Cursor([...tokens.slice(at + 3, close), end(tokens)]));
    text = text.slice(0, tokens[at]!.start) + rowsText(rows) + text.slice(tokens[close]!.end);
  }
  return text;
};

const end = (tokens: readonly Token[]): Token => tokens.at(-1)!;

/** The place of TABLE in `TABLE(INFER_SCHEMA(`. */
const callIn = (tokens: readonly Token[]): number | undefined => {
  const at = tokens.findIndex(
    ({ value }, i) => value === 'TABLE' && tokens[i + 1]?.text === '(' && tokens[i + 2]?.value === 'INFER_SCHEMA',
  );
  return at < 0 ? undefined : at;
};

interface Asked {
  readonly [name: string]: string | number | boolean | readonly string[];
}

const parseArguments = (cursor: Cursor): Asked => {
  const asked: Record<string, Asked[string]> = {};
  cursor.list(() => {
    const name = cursor.identifier();
    cursor.expect('=>');
    if (cursor.at('(')) asked[name] = cursor.list(() => cursor.string());
    else if (cursor.peek().kind === 'number') asked[name] = cursor.number();
    else asked[name] = cursor.acceptAny(['TRUE', 'FALSE']) ?? cursor.string();
  });
  cursor.accept(')');
  cursor.finish();
  return asked;
};

const KNOWN = ['LOCATION', 'FILE_FORMAT', 'FILES', 'IGNORE_CASE', 'MAX_FILE_COUNT', 'MAX_RECORDS_PER_FILE', 'KIND'];

const columnsAsked = async ({ session }: StatementContext, cursor: Cursor): Promise<string[][]> => {
  const asked = parseArguments(cursor);
  const other = Object.keys(asked).find((name) => !KNOWN.includes(name));
  if (other !== undefined) throw invalid(`invalid argument ${other} of INFER_SCHEMA`);
  for (const name of ['LOCATION', 'FILE_FORMAT'])
    if (asked[name] === undefined) throw invalid(`missing argument ${name} of INFER_SCHEMA`);
  if (String(asked['KIND'] ?? 'STANDARD').toUpperCase() !== 'STANDARD')
    throw unsupported('INFER_SCHEMA of another KIND');
  const location = locate(session, parseStageReference(String(asked['LOCATION']).replace(/^@/, '')));
  const format = resolveFormat(session, { FORMAT_NAME: String(asked['FILE_FORMAT']) });
  const named = asked['FILES'] as readonly string[] | string | undefined;
  const files = await chooseFiles(location, {
    files: typeof named === 'string' ? [named] : named,
    pattern: undefined,
  });
  const some = files.slice(0, Number(asked['MAX_FILE_COUNT'] ?? files.length));
  const most = Number(asked['MAX_RECORDS_PER_FILE'] ?? Number.POSITIVE_INFINITY);
  const found = await inferColumns(session.duck, location.store, some, format, most);
  const folded = String(asked['IGNORE_CASE'] ?? 'FALSE').toUpperCase() === 'TRUE';
  const columns = folded ? uniqueFolded(found) : found;
  return columns.map(({ name, type, nullable, files: keys }, i) => [
    name,
    type,
    String(nullable),
    folded ? `GET_IGNORE_CASE ($1, ${name})::${type}` : `$1:${name}::${type}`,
    keys.map((key) => key.slice(location.base.length)).join(', '),
    String(i),
  ]);
};

/** Columns whose names are the same but for their case are one: the first of them. */
const uniqueFolded = (columns: readonly InferredColumn[]): InferredColumn[] => {
  const found = new Map<string, InferredColumn>();
  for (const column of columns) {
    const name = column.name.toUpperCase();
    if (!found.has(name)) found.set(name, { ...column, name });
  }
  return [...found.values()];
};

const rowsText = (rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0)
    return `(SELECT * FROM (VALUES ('', '', TRUE, '', '', 0)) AS "inferred" (${NAMES}) WHERE FALSE)`;
  const values = rows.map(
    ([name, type, nullable, expression, files, order]) =>
      `(${[name, type].map((text) => quoteSnowflakeString(text!)).join(', ')}, ${nullable}, ${quoteSnowflakeString(expression!)}, ${quoteSnowflakeString(files!)}, ${order})`,
  );
  return `(SELECT * FROM (VALUES ${values.join(', ')}) AS "inferred" (${NAMES}))`;
};

const NAMES = 'COLUMN_NAME, TYPE, NULLABLE, EXPRESSION, FILENAMES, ORDER_ID';
