import { Call } from '../call.ts';
import type { FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { numeric } from '../rules/arithmetic.ts';
import { dateUnit } from '../rules/date-units.ts';
import { fixed, isTimestamp, REAL } from '../types.ts';
import type { Typed } from '../types.ts';
import { truncateDate } from './dates.ts';

/** The whole number in an argument's place, where it is a literal. */
const literalInteger = (call: Call, index: number): number | undefined => {
  const match = /^\(?(-?\d+)\)?$/.exec(call.has(index) ? call.arg(index).sql : '0');
  return match ? Number(match[1]) : undefined;
};

/** ROUND, TRUNC, CEIL and FLOOR: the scale of the result is the asked one, never more than the argument has. */
/** ROUND's arguments may be named. */
const inPlace = (call: Call): Call => {
  const { named } = call;
  if (call.name !== 'ROUND' || named.size === 0) return call;
  const nodes = ['EXPR', 'SCALE', 'ROUNDING_MODE'].map((name) => named.get(name)).filter((node) => node !== undefined);
  return new Call({ ...call.parts, nodes }, call.context, call.scope);
};

const rounded =
  (duckName: 'round' | 'trunc' | 'ceil' | 'floor'): FunctionRule =>
  (written) => {
    const call = inPlace(written);
    call.expect(1, duckName === 'round' ? 3 : 2);
    if (call.has(2) && call.literal(2)?.toUpperCase() !== 'HALF_AWAY_FROM_ZERO') return halfToEven(call);
    const value = numeric(call.arg(0));
    const places = literalInteger(call, 1);
    if (value.type.name === 'real' || places === undefined) {
      const number = as(value, REAL);
      return { sql: `_sf.${duckName}_real(${number}, ${call.has(1) ? call.integer(1) : '0'})`, type: REAL };
    }
    const scale = value.type.scale ?? 0;
    if (places >= scale) return value;
    const kept = Math.max(0, places);
    const type = fixed(Math.min(38, (value.type.precision ?? 38) - scale + kept + 1), kept);
    const sql = `CAST(${scaledDown(duckName, value.sql, places)} AS DECIMAL(${type.precision},${kept}))`;
    return { sql, type };
  };

const halfToEven = (call: Call): Typed => {
  const value = numeric(call.arg(0));
  const places = literalInteger(call, 1);
  const even = call.literal(2)?.toUpperCase() === 'HALF_TO_EVEN';
  if (even && value.type.name === 'real' && places !== undefined)
    return { sql: `(_sf.half_even(${value.sql} * pow(10, ${places})) / pow(10, ${places}))`, type: REAL };
  if (!even || value.type.name === 'real' || places === undefined || places < 0)
    throw unsupported('ROUND with this rounding mode');
  if (places >= (value.type.scale ?? 0)) return value;
  const factor = `1${'0'.repeat(places)}`;
  const type = fixed(value.type.precision, places);
  const shifted = `(${value.sql} * CAST(${factor} AS DECIMAL(${places + 1},0)))`;
  const unit = places === 0 ? '' : ` * 0.${'1'.padStart(places, '0')}`;
  return { sql: `CAST(_sf.half_even(${shifted})${unit} AS DECIMAL(${type.precision},${places}))`, type };
};

const scaledDown = (duckName: string, sql: string, places: number): string => {
  if (places < 0) return `_sf.${duckName}_tens(${sql}, CAST(1${'0'.repeat(-places)} AS HUGEINT))`;
  if (duckName === 'round') return `round(${sql}, ${places})`;
  if (places === 0) return `${duckName}(${sql})`;
  const factor = `CAST(1${'0'.repeat(places)} AS DECIMAL(${places + 1},0))`;
  return `${duckName}(${sql} * ${factor}) * 0.${'1'.padStart(places, '0')}`;
};

const trunc: FunctionRule = (call) => {
  const first = call.arg(0);
  const isDate = first.type.name === 'date' || first.type.name === 'time' || isTimestamp(first.type);
  if (!isDate) return rounded('trunc')(call);
  return truncateDate(dateUnit(call.word(1)), first);
};

/** ROUND, TRUNC, CEIL and FLOOR. */
export const ROUNDING: FunctionRules = {
  CEIL: rounded('ceil'),
  CEILING: rounded('ceil'),
  FLOOR: rounded('floor'),
  ROUND: rounded('round'),
  TRUNC: trunc,
  TRUNCATE: trunc,
};
