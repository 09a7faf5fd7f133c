import { invalid, unsupported } from '../catalog/errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { unexpected } from '../sql/syntax-error.ts';
import { COMPRESSIONS, type Remote } from './remote.ts';

const CONTEXT = new Set(
  'ACCOUNT CLIENT DATABASE DATE IP_ADDRESS REGION ROLE SCHEMA SCHEMAS SESSION STATEMENT TIME TIMESTAMP TRANSACTION USER VERSION WAREHOUSE'
    .split(' ')
    .map((word) => `CURRENT_${word}`)
    .concat('LAST_QUERY_ID', 'LAST_TRANSACTION', 'LOCALTIME', 'LOCALTIMESTAMP'),
);
const HEADER_NAME = /^[!#$%&'*+\-.^`|~0-9A-Za-z]+$/;
const MOST_HEADER_BYTES = 8192;

/** Reads one property of an external function, `API_INTEGRATION = ..` and the like. */
export const remoteProperties = (cursor: Cursor): { comment?: string; remote: Partial<Remote> } => {
  const start = cursor.peek();
  const key = cursor.identifier();
  if (!cursor.accept('=')) throw unexpected(start);
  switch (key) {
    case 'COMMENT':
      return { comment: cursor.string(), remote: {} };
    case 'API_INTEGRATION':
      return { remote: { integration: cursor.peek().kind === 'string' ? cursor.string() : cursor.identifier() } };
    case 'MAX_BATCH_ROWS': {
      const maxBatchRows = cursor.number();
      if (!Number.isInteger(maxBatchRows) || maxBatchRows < 1)
        throw invalid(`invalid value [${maxBatchRows}] for parameter 'MAX_BATCH_ROWS'`);
      return { remote: { maxBatchRows } };
    }
    case 'COMPRESSION': {
      const word = (cursor.peek().kind === 'string' ? cursor.string() : cursor.identifier()).toUpperCase();
      const compression = COMPRESSIONS.find((each) => each === word);
      if (compression === undefined) throw invalid(`invalid value ['${word}'] for parameter 'COMPRESSION'`);
      return { remote: { compression } };
    }
    case 'HEADERS':
      return { remote: { headers: headers(cursor) } };
    case 'CONTEXT_HEADERS':
      return { remote: { contextHeaders: cursor.list(() => contextFunction(cursor)) } };
    case 'REQUEST_TRANSLATOR':
    case 'RESPONSE_TRANSLATOR':
      throw unsupported(`${key} of an external function`);
    default:
      throw unexpected(start);
  }
};

const headers = (cursor: Cursor): Record<string, string> => {
  const pairs = cursor.list((): [string, string] => {
    const name = cursor.string();
    if (!HEADER_NAME.test(name)) throw invalid(`invalid header name '${name}'`);
    cursor.expect('=');
    return [name, cursor.string()];
  });
  if (pairs.flat().join('').length > MOST_HEADER_BYTES) throw invalid('the headers are longer than 8 KB');
  return Object.fromEntries(pairs);
};

const contextFunction = (cursor: Cursor): string => {
  const name = cursor.identifier();
  if (!CONTEXT.has(name)) throw invalid(`invalid context function '${name}' in CONTEXT_HEADERS`);
  if (cursor.accept('(')) cursor.expect(')');
  return name;
};
