import { quoteString } from '../../sql/string-literal.ts';
import { coerce } from '../coerce.ts';
import type { Manner } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { DATE, LTZ, NTZ, TEXT, TIME, TZ } from '../types.ts';
import type { Type, Typed } from '../types.ts';

/** One element of Snowflake's date format models, or text between them. */
interface Element {
  readonly name: string;
  readonly literal?: string;
}

/** Short elements stand alone: within a word, as in `hh24:mi hours`, they are its letters. */
const ELEMENTS =
  /"[^"]*"|YYYY|UUUU|YY|MMMM|MON|MM|DD|DY|HH24|HH12|HH|H24|H12|AM|PM|MI|SS|FF[0-9]?|TZH:?TZM|TZH|TZM|TZISO|(?<![a-z])(MO|ME|[YDHPS])(?![a-z])|[\s\S]/giy;

const parseModel = (model: string): Element[] =>
  [...model.matchAll(ELEMENTS)].map(([text, short]) => {
    if (text.length === 1 && short === undefined) return { name: 'literal', literal: text };
    return text.startsWith('"') ? { name: 'literal', literal: text.slice(1, -1) } : { name: text.toUpperCase() };
  });

const CODES: Record<string, string> = {
  YYYY: '%Y',
  UUUU: '%Y',
  YY: '%y',
  Y: '%-y',
  MMMM: '%B',
  MON: '%b',
  MM: '%m',
  MO: '%-m',
  DD: '%d',
  D: '%-d',
  DY: '%a',
  HH24: '%H',
  HH12: '%I',
  HH: '%H',
  H24: '%-H',
  H12: '%-I',
  H: '%-H',
  AM: '%p',
  PM: '%p',
  MI: '%M',
  ME: '%-M',
  SS: '%S',
  S: '%-S',
};

/** DuckDB's own nanoseconds, `%n`, spoil what stands behind them; its timestamps have microseconds in any case. */
const PRINTED: Record<string, string> = { ...CODES, FF3: '%g', FF6: '%f', FF9: '%f000', FF: '%f000' };

/** A date or timestamp as text by a format model. */
export const dateText = (value: Typed, model: string): Typed => {
  const wall = wallClock(value);
  const pieces: string[] = [];
  let format = '';
  const flush = (): void => {
    if (format) pieces.push(`strftime(${wall}, ${quoteString(format)})`);
    format = '';
  };
  for (const { name, literal } of parseModel(model)) {
    if (literal !== undefined) format += literal.replaceAll('%', '%%');
    else if (PRINTED[name]) format += PRINTED[name];
    else {
      flush();
      pieces.push(special(name));
    }
  }
  flush();
  return {
    sql: pieces.length === 1 ? pieces[0]! : `(${pieces.length === 0 ? "''" : pieces.join(' || ')})`,
    type: TEXT,
  };

  function special(name: string): string {
    const fraction = /^FF(\d)$/.exec(name);
    if (fraction) return fraction[1] === '0' ? "''" : `left(strftime(${wall}, '%f000'), ${fraction[1]})`;
    if (name === 'P') return `left(strftime(${wall}, '%p'), 1)`;
    if (name === 'TZHTZM') return `_sf.offset_text(${offsetOf(value)})`;
    if (name === 'TZH:TZM') return `_sf.offset_text_colon(${offsetOf(value)})`;
    if (name === 'TZH') return `left(_sf.offset_text(${offsetOf(value)}), 3)`;
    if (name === 'TZM') return `right(_sf.offset_text(${offsetOf(value)}), 2)`;
    throw unsupported(`format element ${name}`);
  }
};

const offsetOf = ({ sql, type }: Typed): string => {
  if (type.name === 'timestamp_tz') return `${sql}.off`;
  return type.name === 'timestamp_ltz' ? `_sf.offset_minutes(${sql})` : '0';
};

const wallClock = (value: Typed): string => {
  if (value.type.name === 'time') return `(DATE '1970-01-01' + ${value.sql})`;
  return value.type.name === 'date' ? `CAST(${value.sql} AS TIMESTAMP)` : coerce(value, NTZ).sql;
};

const READ: Record<string, string> = { ...CODES, TZHTZM: '%z', 'TZH:TZM': '%z', TZH: '%z' };
const YEARS = new Set(['YYYY', 'UUUU', 'YY', 'Y']);

/** Text read by a format model into a date or timestamp. */
export const dateParser = (text: string, model: string, type: Type, manner: Manner): Typed => {
  const elements = parseModel(model);
  const zoned = elements.some(({ name }) => name.startsWith('TZ'));
  const kind = type.name === 'date' ? 'Date' : type.name === 'time' ? 'Time' : 'Timestamp';
  const formats = `[${readFormats(elements).map(quoteString).join(', ')}]`;
  const found = `${manner === 'try' ? '_sf.try_read' : '_sf.read'}(${text}, ${formats}${manner === 'try' ? '' : `, '${kind}', ${quoteString(model)}`})`;
  const year = elements.find(({ name }) => YEARS.has(name))?.name;
  const read = year === undefined ? `_sf.from_1970(${found})` : year.length < 3 ? `_sf.century(${found})` : found;
  if (zoned) return coerce(withOffset(text, read, elements.at(-1)!.name), type, manner);
  const wall: Typed = { sql: read, type: NTZ };
  if (type.name === 'date') return { sql: `CAST(${read} AS DATE)`, type: DATE };
  if (type.name === 'time') return { sql: `CAST(${read} AS TIME)`, type: TIME };
  return type.name === TZ.name || type.name === LTZ.name ? coerce(wall, type) : wall;
};

/** DuckDB's formats: names of months are read short and in full, and a blank may stand between the day and the hour. */
const readFormats = (elements: readonly Element[]): string[] => {
  const spelled = elements.map(({ name, literal }) => {
    if (literal !== undefined) return literal.replaceAll('%', '%%');
    if (/^FF\d?$/.test(name)) return '%n';
    const code = READ[name];
    if (!code) throw unsupported(`format element ${name}`);
    return code;
  });
  const months = elements.some(({ name }) => name === 'MON' || name === 'MMMM');
  const full = months ? spelled.map((code) => (code === '%b' ? '%B' : code === '%B' ? '%b' : code)) : [];
  const formats = [spelled, full].filter((one) => one.length > 0).map((one) => one.join(''));
  return formats.flatMap((one) => (/%-?d%-?[HI]/.test(one) ? [one, one.replace(/(%-?d)(%-?[HI])/, '$1 $2')] : [one]));
};

/** A TIMESTAMP_TZ out of the instant that was read and the offset at the end of the text. */
const withOffset = (text: string, read: string, last: string): Typed => {
  if (!last.startsWith('TZ')) throw unsupported('a format with an offset that is not at its end');
  const offset = `_sf.text_offset(regexp_extract(${text}, '(Z|z|[+-]\\d\\d(?::?\\d\\d)?)\\s*$', 1))`;
  return {
    sql: `CASE WHEN ${read} IS NOT NULL THEN {'utc': CAST(${read} AS TIMESTAMPTZ) AT TIME ZONE 'UTC', 'off': ${offset}} END`,
    type: TZ,
  };
};
