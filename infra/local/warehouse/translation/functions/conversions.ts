import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import type { Manner } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { dateParser, dateText } from '../formats/date-model.ts';
import { numberPattern, numberText } from '../formats/number-model.ts';
import { hexDigits, otherNumberText } from '../formats/other-numbers.ts';
import { quoteString } from '../../sql/string-literal.ts';
import {
  ARRAY,
  BINARY,
  BOOLEAN,
  DATE,
  fixed,
  isNumeric,
  isTimestamp,
  LTZ,
  NTZ,
  OBJECT,
  REAL,
  TEXT,
  TIME,
  TZ,
  VARIANT,
} from '../types.ts';
import type { Type, Typed } from '../types.ts';

const constant = (call: Call, index: number): number => {
  const { sql } = call.arg(index);
  const number = Number(sql);
  if (!Number.isInteger(number)) throw unsupported(`${call.name} with a computed precision or scale`);
  return number;
};

/** The digits of a text that is written by a format. */
const digitsRead = (call: Call, format: string, manner: Manner): string => {
  const pattern = /^TM9?$/i.test(format) ? String.raw`'\s*[+-]?\s*[\d.]+\s*'` : numberPattern(format);
  return manner === 'try'
    ? `_sf.try_number_read(${call.text(0)}, ${pattern})`
    : `_sf.number_read(${call.text(0)}, ${pattern}, ${quoteString(format)})`;
};

const toNumber =
  (manner: Manner): FunctionRule =>
  (call) => {
    call.expect(1, 4);
    const format = call.has(1) ? call.literal(1) : undefined;
    const at = format === undefined ? 1 : 2;
    const type = fixed(call.has(at) ? constant(call, at) : 38, call.has(at + 1) ? constant(call, at + 1) : 0);
    if (format === undefined) return coerce(call.arg(0), type, manner);
    const digits = hexDigits(format);
    if (digits !== undefined) {
      const number = `_sf.${manner === 'try' ? 'try_' : ''}hex_number(${call.text(0)}, ${digits}${manner === 'try' ? '' : `, ${quoteString(format)}`})`;
      return coerce({ sql: number, type: fixed(38, 0) }, type, manner);
    }
    return coerce({ sql: digitsRead(call, format, manner), type: TEXT }, type, manner);
  };

const to =
  (type: Type, manner: Manner): FunctionRule =>
  (call) => {
    call.expect(1, 2);
    if (!call.has(1)) return coerce(call.arg(0), type, manner);
    const format = call.literal(1);
    if (type.name !== 'real' || format === undefined) throw unsupported(`${call.name} with a format`);
    return coerce({ sql: digitsRead(call, format, manner), type: TEXT }, type, manner);
  };

/** TO_DATE and the rest: a format model, AUTO, or for numbers the scale of the epoch. */
const toTemporal =
  (type: Type, manner: Manner): FunctionRule =>
  (call) => {
    call.expect(1, 2);
    const value = call.arg(0);
    if (!call.has(1)) return coerce(value, type, manner);
    const model = call.literal(1);
    if (model === undefined && (value.type.name === 'any' || isNumeric(value.type))) {
      const wall = `_sf.scaled_epoch(${value.sql}, ${10 ** constant(call, 1)})`;
      const zoned = type.name === 'timestamp_ltz' || type.name === 'timestamp_tz';
      return coerce(zoned ? { sql: `_sf.instant(${wall})`, type: LTZ } : { sql: wall, type: NTZ }, type);
    }
    if (model === undefined) throw unsupported(`${call.name} with a computed format`);
    if (model.toUpperCase() === 'AUTO') return coerce(value, type, manner);
    return dateParser(call.text(0), model, type, manner);
  };

const toText: FunctionRule = (call) => {
  call.expect(1, 2);
  const value = call.arg(0);
  if (!call.has(1)) return coerce(value, TEXT);
  if (value.type.name === 'date' || value.type.name === 'time' || isTimestamp(value.type)) {
    const model = call.literal(1);
    if (model === undefined) throw unsupported(`${call.name} with a computed format`);
    return dateText(value, model);
  }
  const format = call.literal(1);
  if (value.type.name === 'binary') return binaryText(value, format?.toUpperCase(), call.name);
  if (format === undefined || !isNumeric(value.type))
    throw unsupported(`${call.name} of ${value.type.name} with a format`);
  const percent = /^[^"%]*%$/.test(format);
  const printed = percent ? hundredfold(value) : value;
  const text = percent ? format.slice(0, -1) : format;
  const sql = otherNumberText(printed, text) ?? numberText(printed.sql, text);
  return { sql: percent ? `(${sql} || '%')` : sql, type: TEXT };
};

const hundredfold = ({ sql, type }: Typed): Typed => {
  const scale = Math.max(0, (type.scale ?? 0) - 2);
  return type.name === 'fixed'
    ? { sql: `CAST(${sql} * 100 AS DECIMAL(38,${scale}))`, type: fixed(38, scale) }
    : { sql: `(${sql} * 100)`, type };
};

const binaryText = (value: Typed, format: string | undefined, name: string): Typed => {
  if (format === 'HEX') return { sql: `hex(${value.sql})`, type: TEXT };
  if (format === 'UTF-8' || format === 'UTF8') return { sql: `decode(${value.sql})`, type: TEXT };
  if (format === 'BASE64') return { sql: `to_base64(${value.sql})`, type: TEXT };
  throw unsupported(`${name} with format ${format ?? 'computed'}`);
};

const toBinary =
  (manner: Manner): FunctionRule =>
  (call) => {
    call.expect(1, 2);
    const format = call.has(1) ? call.literal(1)?.toUpperCase() : 'HEX';
    if (format === 'UTF-8' || format === 'UTF8') return { sql: `encode(${call.text(0)})`, type: BINARY };
    if (format === 'BASE64')
      return {
        sql: `_sf.${manner === 'try' ? 'try_' : ''}base64_binary(${call.text(0)})`,
        type: BINARY,
      };
    if (format === 'HEX') return coerce(call.arg(0), BINARY, manner);
    throw unsupported(`${call.name} with format ${format ?? 'computed'}`);
  };

const both = (name: string, rule: (manner: Manner) => FunctionRule): FunctionRules => ({
  [name]: rule('cast'),
  [`TRY_${name}`]: rule('try'),
});

const temporal = (name: string, type: Type): FunctionRules => both(name, (manner) => toTemporal(type, manner));

const variant: FunctionRule = (call): Typed => {
  call.expect(1);
  return coerce(call.arg(0), VARIANT);
};

/** TO_... and TRY_TO_... . */
export const CONVERSIONS: FunctionRules = {
  ...both('TO_NUMBER', toNumber),
  ...both('TO_DECIMAL', toNumber),
  ...both('TO_NUMERIC', toNumber),
  ...both('TO_DOUBLE', (manner) => to(REAL, manner)),
  ...both('TO_BOOLEAN', (manner) => to(BOOLEAN, manner)),
  ...both('TO_BINARY', toBinary),
  ...temporal('TO_DATE', DATE),
  ...temporal('TO_TIME', TIME),
  ...temporal('TO_TIMESTAMP', NTZ),
  ...temporal('TO_TIMESTAMP_NTZ', NTZ),
  ...temporal('TO_TIMESTAMP_LTZ', LTZ),
  ...temporal('TO_TIMESTAMP_TZ', TZ),
  DATE: toTemporal(DATE, 'cast'),
  TIME: toTemporal(TIME, 'cast'),
  TO_ARRAY: (call) => coerce(call.arg(0), ARRAY),
  TO_CHAR: toText,
  TO_OBJECT: (call) => coerce(call.arg(0), OBJECT),
  TO_VARCHAR: toText,
  TO_VARIANT: variant,
};
