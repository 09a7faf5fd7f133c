import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { unsupported } from '../failures.ts';
import { lengthBeforeGroup } from './group-places.ts';
import { BOOLEAN, fixed, TEXT } from '../types.ts';
import { quoteString } from '../../sql/string-literal.ts';

const COUNT = fixed(18, 0);

/** RE2 flags for Snowflake's parameters: c and i decide case by the later one, m, s as they are; `e` asks for the first group. */
const flags = (call: Call, index: number): { inline: string; extract: boolean } => {
  if (!call.has(index)) return { inline: '', extract: false };
  const letters = call.literal(index);
  if (letters === undefined || /[^cimse]/.test(letters))
    throw unsupported(`${call.name} with parameters ${letters ?? 'computed'}`);
  const insensitive = letters.lastIndexOf('i') > letters.lastIndexOf('c');
  const inline = [insensitive && 'i', letters.includes('m') && 'm', letters.includes('s') && 's']
    .filter(Boolean)
    .join('');
  return { inline, extract: letters.includes('e') };
};

/** The pattern with its flags in front, where RE2 reads them. */
const pattern = (call: Call, index: number, parameters: number): string => {
  const { inline } = flags(call, parameters);
  if (!inline) return call.text(index);
  const literal = call.literal(index);
  return literal === undefined ? `('(?${inline})' || ${call.text(index)})` : quoteString(`(?${inline})${literal}`);
};

const like: FunctionRule = (call) => {
  call.expect(2, 3);
  return { sql: `regexp_full_match(${call.text(0)}, ${pattern(call, 1, 2)})`, type: BOOLEAN };
};

const from = (call: Call, index: number): string => {
  const position = call.has(index) ? call.integer(index) : '1';
  return position === '1' ? call.text(0) : `substring(${call.text(0)}, ${position})`;
};

/** REGEXP_SUBSTR(text, pattern, position, occurrence, parameters, group). */
const substr: FunctionRule = (call) => {
  call.expect(2, 6);
  const group = call.has(5) ? call.integer(5) : flags(call, 4).extract ? '1' : '0';
  const occurrence = call.has(3) ? call.integer(3) : '1';
  return {
    sql: `_sf.nth(regexp_extract_all(${from(call, 2)}, ${pattern(call, 1, 4)}, ${group}), ${occurrence})`,
    type: TEXT,
  };
};

const substrAll: FunctionRule = (call) => {
  call.expect(2, 6);
  const first = call.has(3) && call.integer(3) !== '1' ? `[${call.integer(3)}:]` : '';
  const group = call.has(5) ? call.integer(5) : flags(call, 4).extract ? '1' : '0';
  return {
    sql: `to_json((regexp_extract_all(${from(call, 2)}, ${pattern(call, 1, 4)}, ${group}))${first})`,
    type: { name: 'array' },
  };
};

/** REGEXP_REPLACE(text, pattern, replacement, position, occurrence, parameters): all occurrences unless one is asked for. */
const replace: FunctionRule = (call) => {
  call.expect(2, 6);
  const replacement = call.has(2) ? call.text(2) : "''";
  const position = call.has(3) ? call.integer(3) : '1';
  const occurrence = call.has(4) ? call.integer(4) : '0';
  const within = pattern(call, 1, 5);
  const replaced =
    occurrence === '0'
      ? `regexp_replace(${from(call, 3)}, ${within}, ${replacement}, 'g')`
      : `_sf.regexp_replace_nth(${from(call, 3)}, ${within}, ${replacement}, ${occurrence})`;
  return { sql: position === '1' ? replaced : `(left(${call.text(0)}, ${position} - 1) || ${replaced})`, type: TEXT };
};

const count: FunctionRule = (call) => {
  call.expect(2, 4);
  return { sql: `len(regexp_extract_all(${from(call, 2)}, ${pattern(call, 1, 3)}))`, type: COUNT };
};

/** REGEXP_INSTR(text, pattern, position, occurrence, option, parameters, group). */
const instr: FunctionRule = (call) => {
  call.expect(2, 7);
  const { inline, extract } = flags(call, 5);
  const group = call.has(6) ? Number(call.integer(6)) : extract ? 1 : 0;
  const [position, occurrence, past] = [2, 3, 4].map((i) => (call.has(i) ? call.integer(i) : i === 4 ? '0' : '1'));
  const read = pattern(call, 1, 5);
  const place = (end: string): string =>
    `_sf.regexp_instr(${call.text(0)}, ${read}, ${position}, ${occurrence}, ${end})`;
  const match = `_sf.nth(regexp_extract_all(${from(call, 2)}, ${read}), ${occurrence})`;
  const before = group > 0 ? lengthBeforeGroup(call, match, inline, group) : undefined;
  if (before === undefined) return { sql: place(past!), type: COUNT };
  const length = `length(regexp_extract(${match}, ${read}, ${group}))`;
  const found = `${place('0')} + ${before}${past === '1' ? ` + ${length}` : ''}`;
  return { sql: `CASE WHEN ${place('0')} = 0 THEN 0 ELSE ${found} END`, type: COUNT };
};

/** Regular expressions, which both sides read as RE2 does; REGEXP_LIKE must match the whole text. */
export const REGEXES: FunctionRules = {
  REGEXP_COUNT: count,
  REGEXP_EXTRACT_ALL: substrAll,
  REGEXP_INSTR: instr,
  REGEXP_LIKE: like,
  REGEXP_REPLACE: replace,
  REGEXP_SUBSTR: substr,
  REGEXP_SUBSTR_ALL: substrAll,
  RLIKE: like,
};
