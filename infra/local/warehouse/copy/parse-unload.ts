import { invalid } from '../catalog/errors.ts';
import { displayName } from '../sql/identifier.ts';
import type { Cursor } from '../sql/cursor.ts';
import type { Statement } from '../sql/split.ts';
import { readOptions, type Options } from '../stages/format-options.ts';
import { sourceOf, type CopySource } from './parse-copy.ts';

/** A COPY INTO <location> statement. */
interface Unload {
  readonly target: CopySource;
  /** The query whose rows are written. */
  readonly query: string;
  /** The expression of PARTITION BY, over the query's columns. */
  readonly partition: string | undefined;
  readonly options: Options;
}

const KNOWN = new Set([
  'FILE_FORMAT',
  'OVERWRITE',
  'SINGLE',
  'MAX_FILE_SIZE',
  'HEADER',
  'STORAGE_INTEGRATION',
  'CREDENTIALS',
  'ENCRYPTION',
  'INCLUDE_QUERY_ID',
  'DETAILED_OUTPUT',
  'VALIDATION_MODE',
]);

/** Reads COPY INTO <location> up to the end of the statement. */
export const parseUnload = (cursor: Cursor, { text, tokens }: Statement): Unload => {
  cursor.expect('COPY', 'INTO');
  const target = sourceOf(cursor.next());
  cursor.expect('FROM');
  const bracketed = (): string => {
    const from = cursor.next().end;
    for (let depth = 0; depth > 0 || !cursor.at(')');) {
      const token = cursor.next();
      if (token.kind === 'end') cursor.expect(')');
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
    }
    return text.slice(from - tokens[0]!.start, cursor.next().start - tokens[0]!.start);
  };
  const query = cursor.at('(') ? bracketed() : `SELECT * FROM ${displayName(cursor.name())}`;
  let partition: string | undefined;
  if (cursor.accept('PARTITION', 'BY')) {
    if (!cursor.at('(')) cursor.expect('(');
    partition = bracketed();
  }
  const options = readOptions(cursor, () => true);
  cursor.finish();
  const unknown = Object.keys(options).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw invalid(`invalid parameter '${unknown}'`);
  if ((options['VALIDATION_MODE'] ?? 'RETURN_ROWS') !== 'RETURN_ROWS')
    throw invalid(`invalid value [${JSON.stringify(options['VALIDATION_MODE'])}] for parameter 'VALIDATION_MODE'`);
  if (partition !== undefined) refuseTogether(options, 'PARTITION BY', { INCLUDE_QUERY_ID: false });
  if (partition !== undefined || options['INCLUDE_QUERY_ID'] === true)
    refuseTogether(options, partition === undefined ? 'INCLUDE_QUERY_ID' : 'PARTITION BY', {
      SINGLE: true,
      OVERWRITE: true,
    });
  return { target, query, partition, options };
};

const refuseTogether = (options: Options, what: string, values: Readonly<Record<string, boolean>>): void => {
  for (const [name, value] of Object.entries(values))
    if (options[name] === value)
      throw invalid(`${name} = ${String(value).toUpperCase()} is not supported together with ${what}.`);
};
