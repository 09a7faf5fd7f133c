import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { fixed, INTEGER, REAL, TEXT } from '../types.ts';
import type { Typed } from '../types.ts';

/** SEQ1 to SEQ8 count the rows of a GENERATOR from 0, or else the rows as they come; with sign they go on with the least number of their bytes. */
const sequence =
  (bytes: number): FunctionRule =>
  (call) => {
    call.expect(0, 1);
    const sign = call.has(0) ? call.integer(0) : '0';
    if (sign !== '0' && sign !== '1') throw unsupported(`${call.name} with the sign ${sign}`);
    const count = call.scope.generated ?? '(row_number() OVER () - 1)';
    return {
      sql: bytes === 8 ? count : `_sf.sequence(${count}, ${2 ** (8 * bytes - 1)}, ${sign})`,
      type: fixed(19, 0),
    };
  };

/** A number between 0 and 1 that follows from the generator argument: each row's own where that is RANDOM(), else the same for the same value. */
const fraction = (call: Call, index: number): string => {
  const source = call.arg(index);
  return source.sql.includes('random64') ? 'random()' : `(hash(${source.sql}) / 18446744073709551616.0)`;
};

const uniform = (call: Call): Typed => {
  call.expect(3);
  const [low, high] = [call.arg(0), call.arg(1)];
  if (low.type.name === 'fixed' && high.type.name === 'fixed' && !low.type.scale && !high.type.scale)
    return {
      sql: `CAST(floor(${low.sql} + ${fraction(call, 2)} * (${high.sql} - ${low.sql} + 1)) AS BIGINT)`,
      type: INTEGER,
    };
  return { sql: `(${as(low, REAL)} + ${fraction(call, 2)} * (${as(high, REAL)} - ${as(low, REAL)}))`, type: REAL };
};

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters and digits that follow from the generator's value, each from its place as well. */
const randomText = (call: Call): Typed => {
  call.expect(2);
  const letters = `list_transform(range(${call.integer(0)}), lambda place: substring('${LETTERS}', CAST(hash(${call.arg(1).sql}, place) % ${LETTERS.length} AS INTEGER) + 1, 1))`;
  return { sql: `array_to_string(${letters}, '')`, type: TEXT };
};

/** A number of the normal distribution, by the polar form of two even ones. */
const normal = (call: Call): Typed => {
  call.expect(3);
  const even = (salt: number): string => `((hash(${call.arg(2).sql}, ${salt}) + 1.0) / 18446744073709551617.0)`;
  return {
    sql: `(${call.real(0)} + ${call.real(1)} * sqrt(-2 * ln(${even(1)})) * cos(2 * pi() * ${even(2)}))`,
    type: REAL,
  };
};

/** A seed, with what tells the rows apart: the place of a GENERATOR's row, or the row's own values. */
const seeded = (call: Call): string => {
  const { generated, sources } = call.scope;
  const row = generated === undefined ? sources.flatMap(({ columns }) => columns.map(({ sql }) => sql)) : [generated];
  return [call.arg(0).sql, ...row].join(', ');
};

/** Made-up data: sequences, random numbers. */
export const GENERATION: FunctionRules = {
  NORMAL: normal,
  RANDOM: (call) => {
    call.expect(0, 1);
    return { sql: call.has(0) ? `_sf.signed64(hash(${seeded(call)}))` : '_sf.random64()', type: fixed(19, 0) };
  },
  RANDSTR: randomText,
  SEQ1: sequence(1),
  SEQ2: sequence(2),
  SEQ4: sequence(4),
  SEQ8: sequence(8),
  UNIFORM: uniform,
};
