import { SnowflakeError } from '../../contract.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { collated } from '../collations.ts';
import { unsupported } from '../failures.ts';
import { ARRAY, BINARY, BOOLEAN, DATE, fixed, LTZ, NTZ, OBJECT, REAL, TEXT, TIME, TZ, VARIANT } from '../types.ts';
import type { Field, Slot, Type } from '../types.ts';

const DECIMALS = ['NUMBER', 'DECIMAL', 'NUMERIC', 'DEC'];
const INTEGERS = ['INT', 'INTEGER', 'BIGINT', 'SMALLINT', 'TINYINT', 'BYTEINT'];
const REALS = ['FLOAT', 'FLOAT4', 'FLOAT8', 'DOUBLE', 'REAL'];
const TEXTS = ['VARCHAR', 'STRING', 'TEXT', 'NVARCHAR', 'NVARCHAR2'];
const CHARACTERS = ['CHAR', 'CHARACTER', 'NCHAR'];
const REFUSED = ['INTERVAL', 'VECTOR', 'GEOGRAPHY', 'GEOMETRY', 'FILE', 'UUID', 'DECFLOAT'];
const TIMED: Record<string, Type> = {
  DATETIME: NTZ,
  TIMESTAMP: NTZ,
  TIMESTAMP_NTZ: NTZ,
  TIMESTAMPNTZ: NTZ,
  TIMESTAMP_LTZ: LTZ,
  TIMESTAMPLTZ: LTZ,
  TIMESTAMP_TZ: TZ,
  TIMESTAMPTZ: TZ,
  TIME: TIME,
};
const PLAIN: Record<string, Type> = { BOOLEAN, DATE, VARIANT, OBJECT, ARRAY };

/** Reads a data type as Snowflake spells it, in any of its synonyms. */
export const dataType = (cursor: Cursor): Type => {
  const token = cursor.next();
  const word = token.kind === 'word' ? token.value : '';
  if (DECIMALS.includes(word)) {
    const [precision = 38, scale = 0] = argumentsOf(cursor);
    if (precision < 1 || precision > 38 || scale > Math.min(37, precision)) throw unexpected(token);
    return fixed(precision, scale);
  }
  if (INTEGERS.includes(word)) return fixed(38, 0);
  if (REALS.includes(word)) {
    cursor.accept('PRECISION');
    return REAL;
  }
  if (TEXTS.includes(word)) return compared(cursor, text(argumentsOf(cursor)[0]));
  if (CHARACTERS.includes(word)) {
    const varying = cursor.accept('VARYING');
    return compared(cursor, text(argumentsOf(cursor)[0] ?? (varying ? undefined : 1)));
  }
  if (word === 'BINARY' || word === 'VARBINARY') {
    const length = argumentsOf(cursor)[0];
    return length === undefined ? BINARY : { ...BINARY, length };
  }
  if (word in TIMED) {
    const scale = argumentsOf(cursor)[0];
    const type = timed(word, cursor);
    return scale === undefined ? type : { ...type, scale };
  }
  if (word === 'ARRAY' && cursor.accept('(')) return closed(cursor, { ...ARRAY, element: slot(cursor) });
  if (word === 'OBJECT' && cursor.at('(')) return { ...OBJECT, fields: fieldsOf(cursor) };
  if (word === 'MAP' && cursor.accept('(')) return closed(cursor, mapOf(cursor));
  const plain = PLAIN[word];
  if (plain) return plain;
  if (REFUSED.includes(word)) throw unsupported(`type ${word}`);
  throw new SnowflakeError('002040', '42601', `SQL compilation error:\nUnsupported data type '${token.value}'.`, token);
};

const slot = (cursor: Cursor): Slot => {
  const type = dataType(cursor);
  return { type, required: cursor.accept('NOT', 'NULL') };
};

const closed = (cursor: Cursor, type: Type): Type => {
  cursor.expect(')');
  return type;
};

const mapOf = (cursor: Cursor): Type => {
  const key = dataType(cursor);
  if (key.name !== 'text' && (key.name !== 'fixed' || key.scale))
    throw new SnowflakeError('002040', '42601', 'SQL compilation error:\nUnsupported data type for the key of a MAP.');
  cursor.expect(',');
  return { name: 'map', key, element: slot(cursor) };
};

/** Keys keep the case in which they are written. */
const fieldsOf = (cursor: Cursor): Field[] => {
  if (cursor.accept('(', ')')) return [];
  return cursor.list(() => {
    const { kind, text: written, value } = cursor.next();
    return { name: kind === 'word' ? written : value, ...slot(cursor) };
  });
};

/** A text type with the COLLATE behind it. */
const compared = (cursor: Cursor, type: Type): Type =>
  cursor.accept('COLLATE') ? collated(type, cursor.string()) : type;

const text = (length: number | undefined): Type => (length === undefined ? TEXT : { ...TEXT, length });

const timed = (word: string, cursor: Cursor): Type => {
  if (word === 'TIMESTAMP' && cursor.accept('WITH', 'LOCAL', 'TIME', 'ZONE')) return LTZ;
  if (word === 'TIMESTAMP' && cursor.accept('WITH', 'TIME', 'ZONE')) return TZ;
  if (word === 'TIMESTAMP') cursor.accept('WITHOUT', 'TIME', 'ZONE');
  return TIMED[word]!;
};

const argumentsOf = (cursor: Cursor): number[] => (cursor.at('(') ? cursor.list(() => cursor.number()) : []);
