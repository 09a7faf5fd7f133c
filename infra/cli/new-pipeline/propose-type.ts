import type { ColumnType } from '../../../shared/sql/column-type.ts';
import { Numeral } from './json-text.ts';

type Scalar = string | boolean | Numeral;

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const DECIMAL_TEXT = /^-?\d{1,18}\.\d{1,6}$/;
const NUMERAL = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
// What identifies is compared and never summed up; as text it keeps leading zeros, and may become a code one day.
const IDENTIFIES = /(^|_)(id|ids|code|number|key|guid|uuid|sku|zip|phone)$/;

const WIDEST = 38;
const SPARE_DIGITS = 2;
const MOST_SCALE = 12;

/** Whether text is a date, or a date and time, as Snowflake reads one without being told how. */
export const isTime = (value: Scalar): boolean => typeof value === 'string' && (DATE.test(value) || TIME.test(value));

/** Whether a time says its offset from UTC, and it is not zero: as TIMESTAMP_NTZ it keeps its own clock's reading. */
export const hasOffset = (value: Scalar): boolean =>
  typeof value === 'string' && /[+-]\d{2}:?\d{2}$/.test(value) && TIME.test(value) && !/[+-]00:?00$/.test(value);

/** A type that reads every value shown, with room for those that are not; VARCHAR where they don't agree. */
export const proposeType = (name: string, values: readonly Scalar[]): ColumnType => {
  const all = (test: (value: Scalar) => boolean): boolean => values.every(test);
  if (all((it) => typeof it === 'boolean')) return 'BOOLEAN';
  if (all((it) => typeof it === 'string' && DATE.test(it))) return 'DATE';
  if (all(isTime)) return 'TIMESTAMP_NTZ';
  if (all((it) => it instanceof Numeral))
    return IDENTIFIES.test(name.toLowerCase())
      ? 'VARCHAR'
      : numberFor(values.map((it) => scaleOf((it as Numeral).text)));
  if (all((it) => typeof it === 'string' && DECIMAL_TEXT.test(it)))
    return numberFor(values.map((it) => (it as string).split('.')[1]!.length));
  return 'VARCHAR';
};

const scaleOf = (text: string): number => {
  const [, whole, fraction = '', exponent = '0'] = NUMERAL.exec(text)!;
  const scale = Math.max(0, fraction.length - Number(exponent));
  // What would not fit into any NUMBER with room to spare is kept as it is spelled.
  return whole!.length + Math.max(0, Number(exponent)) > WIDEST - MOST_SCALE ? Infinity : scale;
};

const numberFor = (scales: readonly number[]): ColumnType => {
  const scale = Math.max(...scales);
  if (scale === 0) return `NUMBER(${WIDEST},0)`;
  return scale > MOST_SCALE - SPARE_DIGITS ? 'VARCHAR' : `NUMBER(${WIDEST},${scale + SPARE_DIGITS})`;
};
