import type { FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { changedCase, searchKey, sharedCollation } from '../collations.ts';
import { ARRAY, BINARY, BOOLEAN, fixed, INTEGER, TEXT } from '../types.ts';
import type { Typed } from '../types.ts';
import { define } from './define.ts';
import { alsoOfBytes } from './binary-strings.ts';
import { ENCODINGS } from './encodings.ts';
import { REGEXES } from './regexes.ts';

const LENGTH = fixed(18, 0);

const text = (kinds: string, ...templates: readonly string[]): FunctionRule => define(TEXT, kinds, ...templates);

const concat: FunctionRule = (call) => {
  call.expect(1, 1000);
  if (call.args.every((arg) => arg.type.name === 'binary'))
    return { sql: `(${call.args.map((arg) => arg.sql).join(' || ')})`, type: BINARY };
  return {
    sql: call.count === 1 ? call.text(0) : `(${call.args.map((arg) => as(arg, TEXT)).join(' || ')})`,
    type: TEXT,
  };
};

/** CONCAT_WS is NULL where any argument is; DuckDB's own passes over NULLs. */
const concatWs: FunctionRule = (call) => {
  call.expect(2, 1000);
  const [separator, ...rest] = call.args.map((arg) => as(arg, TEXT));
  return { sql: `(${rest.join(` || ${separator} || `)})`, type: TEXT };
};

const length: FunctionRule = (call) => {
  call.expect(1);
  const value = call.arg(0);
  return {
    sql: value.type.name === 'binary' ? `octet_length(${value.sql})` : `length(${as(value, TEXT)})`,
    type: LENGTH,
  };
};

/** SUBSTR counts from 1, 0 means 1, and a negative start counts from the end. */
const substring: FunctionRule = (call) => {
  call.expect(2, 3);
  const start = call.integer(1);
  const from = /^\d+$/.test(start) ? String(Math.max(1, Number(start))) : undefined;
  const rest = call.has(2) ? `, ${call.integer(2)}` : '';
  const sql = from
    ? `substring(${call.text(0)}, ${from}${call.has(2) ? `, greatest(${call.integer(2)}, 0)` : ''})`
    : `_sf.substring${call.has(2) ? '_of' : '_from'}(${call.text(0)}, ${start}${rest})`;
  return { sql, type: TEXT };
};

const padded =
  (side: 'lpad' | 'rpad'): FunctionRule =>
  (call) => {
    call.expect(2, 3);
    const pad = call.has(2) ? call.text(2) : "' '";
    return { sql: `_sf.${side}(${call.text(0)}, ${call.integer(1)}, ${pad})`, type: TEXT };
  };

/** Whether one text is found in another, by their collation where they have one. */
const test =
  (template: string): FunctionRule =>
  (call): Typed => {
    call.expect(2);
    const collation = sharedCollation(call.arg(0).type, call.arg(1).type);
    const [a, b] = [0, 1].map((index) => {
      const text = call.text(index);
      return collation === undefined ? text : searchKey(text, collation);
    });
    return { sql: template.replace('$1', () => a!).replace('$2', () => b!), type: BOOLEAN };
  };

const inCase =
  (to: 'upper' | 'lower'): FunctionRule =>
  (call) => {
    call.expect(1);
    const text = changedCase(call.text(0), to, call.arg(0).type.collation);
    return { sql: to === 'upper' ? `upper(replace(${text}, 'ß', 'SS'))` : `lower(${text})`, type: TEXT };
  };

const like =
  (operator: string): FunctionRule =>
  (call) => {
    call.expect(2, 3);
    const escape = call.has(2) ? ` ESCAPE ${call.text(2)}` : '';
    return { sql: `(${call.text(0)} ${operator} ${call.text(1)}${escape})`, type: BOOLEAN };
  };

/** Text. */
export const STRINGS: FunctionRules = alsoOfBytes({
  ...ENCODINGS,
  ...REGEXES,
  ASCII: define(INTEGER, 'text', 'ascii($1)'),
  BIT_LENGTH: define(LENGTH, 'text', '(8 * strlen($1))'),
  CHAR: text('integer', '_sf.chr($1)'),
  CHARINDEX: define(LENGTH, 'text text integer?', 'strpos($2, $1)', '_sf.position($1, $2, $3)'),
  CHR: text('integer', '_sf.chr($1)'),
  CONCAT: concat,
  CONCAT_WS: concatWs,
  CONTAINS: test('contains($1, $2)'),
  EDITDISTANCE: define(
    LENGTH,
    'text text integer?',
    '_sf.distance($1, $2)',
    'CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN greatest(least(_sf.distance($1, $2), $3), 0) END',
  ),
  ENDSWITH: test('ends_with($1, $2)'),
  ILIKE: like('ILIKE'),
  INITCAP: text('text text?', '_sf.initcap($1)', '_sf.initcap_by($1, $2)'),
  INSERT: text('text integer integer text', '(left($1, $2 - 1) || $4 || substring($1, $2 + $3))'),
  JAROWINKLER_SIMILARITY: define(INTEGER, 'text text', '_sf.jaro_winkler(lower($1), lower($2))'),
  LEFT: text('text integer', 'left($1, greatest($2, 0))'),
  LEN: length,
  LENGTH: length,
  LIKE: like('LIKE'),
  LOWER: inCase('lower'),
  LPAD: padded('lpad'),
  LTRIM: text('text text?', "ltrim($1, ' ')", 'ltrim($1, $2)'),
  OCTET_LENGTH: define(LENGTH, 'text', 'strlen($1)'),
  POSITION: define(LENGTH, 'text text integer?', 'strpos($2, $1)', '_sf.position($1, $2, $3)'),
  REPEAT: text('text integer', 'repeat($1, $2)'),
  REPLACE: text('text text text?', `replace($1, $2, '')`, 'replace($1, $2, $3)'),
  REVERSE: text('text', 'reverse($1)'),
  RIGHT: text('text integer', 'right($1, greatest($2, 0))'),
  RPAD: padded('rpad'),
  RTRIMMED_LENGTH: define(LENGTH, 'text', "length(rtrim($1, ' '))"),
  RTRIM: text('text text?', "rtrim($1, ' ')", 'rtrim($1, $2)'),
  SOUNDEX_P123: text('text', '_sf.soundex_p123($1)'),
  SOUNDEX: text('text', '_sf.soundex($1)'),
  SPACE: text('integer', "repeat(' ', $1)"),
  SPLIT: define(ARRAY, 'text text', 'to_json(_sf.split($1, $2))'),
  SPLIT_PART: text('text text integer', '_sf.split_part($1, $2, $3)'),
  STARTSWITH: test('starts_with($1, $2)'),
  STRTOK: text('text text? integer?', `_sf.strtok($1, ' ', 1)`, '_sf.strtok($1, $2, 1)', '_sf.strtok($1, $2, $3)'),
  STRTOK_TO_ARRAY: define(ARRAY, 'text text?', `to_json(_sf.tokens($1, ' '))`, 'to_json(_sf.tokens($1, $2))'),
  SUBSTR: substring,
  SUBSTRING: substring,
  TRANSLATE: text('text text text', 'translate($1, $2, $3)'),
  TRIM: text('text text?', "trim($1, ' ')", 'trim($1, $2)'),
  UNICODE: define(INTEGER, 'text', "CASE WHEN $1 = '' THEN 0 ELSE unicode($1) END"),
  UPPER: inCase('upper'),
});
