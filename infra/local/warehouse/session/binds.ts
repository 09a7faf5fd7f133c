import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { SnowflakeError, type Value } from '../contract.ts';
import type { Statement } from '../sql/split.ts';
import type { Token } from '../sql/token.ts';
import type { Binds } from './command.ts';

/** A statement's text with every bind written as `?`, and the values in that order. */
export const bindInOrder = ({ text, tokens }: Statement, binds: Binds): { text: string; values: Value[] } => {
  const places = tokens.filter(({ kind }) => kind === 'bind');
  if (places.length === 0) return { text, values: [] };
  const start = tokens[0]!.start;
  let anonymous = 0;
  let rewritten = '';
  let from = 0;
  const values = places.map((token) => {
    rewritten += `${text.slice(from, token.start - start)}?`;
    from = token.end - start;
    return valueOf(token, binds, () => anonymous++);
  });
  return { text: rewritten + text.slice(from), values };
};

const valueOf = (token: Token, { positional, named }: Binds, count: () => number): Value => {
  const value =
    token.value === '?'
      ? positional[count()]
      : /^\d+$/.test(token.value)
        ? positional[Number(token.value) - 1]
        : named?.get(token.value);
  if (value !== undefined) return value;
  throw new SnowflakeError(
    '002049',
    '42601',
    `SQL compilation error: error line ${token.line} at position ${token.position}\nBind variable ${token.text} not set.`,
    token,
  );
};

/** A bind's value as DuckDB takes it. */
export const duckValue = ({ type, text }: Value): DuckDBValue => {
  if (text === null) return null;
  switch (type) {
    case 'fixed':
      return number(text);
    case 'real':
      return Number(text);
    case 'boolean':
      return text === '1' || text.toLowerCase() === 'true';
    case 'date':
      return new DuckDBDateValue(Number(text));
    case 'time':
      return new DuckDBTimeValue(micros(text));
    case 'timestamp_ntz':
      return new DuckDBTimestampValue(micros(text));
    case 'timestamp_ltz':
      return new DuckDBTimestampTZValue(micros(text));
    case 'binary':
      return new DuckDBBlobValue(Buffer.from(text, 'hex'));
    default:
      return text;
  }
};

const number = (text: string): DuckDBValue => {
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || whole.length + fraction.length > 38) return text;
  const units = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return fraction === '' && whole.length <= 18 ? units : new DuckDBDecimalValue(units, 38, fraction.length);
};

const micros = (seconds: string): bigint => {
  const [whole = '0', fraction = ''] = seconds.split('.');
  const parts = BigInt(whole) * 1_000_000n;
  const rest = BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  return whole.startsWith('-') ? parts - rest : parts + rest;
};
