import { invalid, unsupported } from '../catalog/errors.ts';
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
]);
const REFUSED = new Set(['INCLUDE_QUERY_ID', 'DETAILED_OUTPUT', 'VALIDATION_MODE']);

/** Reads COPY INTO <location> up to the end of the statement. */
export const parseUnload = (cursor: Cursor, { text, tokens }: Statement): Unload => {
  cursor.expect('COPY', 'INTO');
  const target = sourceOf(cursor.next());
  cursor.expect('FROM');
  let query: string;
  if (cursor.at('(')) {
    const from = cursor.next().end;
    for (let depth = 0; depth > 0 || !cursor.at(')');) {
      const token = cursor.next();
      if (token.kind === 'end') cursor.expect(')');
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
    }
    query = text.slice(from - tokens[0]!.start, cursor.next().start - tokens[0]!.start);
  } else query = `SELECT * FROM ${displayName(cursor.name())}`;
  if (cursor.at('PARTITION', 'BY')) throw unsupported('PARTITION BY of COPY INTO a location');
  const options = readOptions(cursor, () => true);
  cursor.finish();
  for (const [name, value] of Object.entries(options)) {
    if (REFUSED.has(name) && value !== false) throw unsupported(`COPY option ${name}`);
    if (!KNOWN.has(name) && !REFUSED.has(name)) throw invalid(`invalid parameter '${name}'`);
  }
  return { target, query, options };
};
