import type { Call, FunctionRules } from '../call.ts';
import { compared } from '../rules/comparisons.ts';
import { unify } from '../rules/conditionals.ts';
import { numeric } from '../rules/arithmetic.ts';
import { BOOLEAN } from '../types.ts';
import type { Typed } from '../types.ts';

const choose = (condition: string, yes: Typed, no: Typed): Typed => {
  const { type, sqls } = unify([yes, no]);
  return { sql: `CASE WHEN ${condition} THEN ${sqls[0]} ELSE ${sqls[1]} END`, type };
};

const coalesce = (call: Call): Typed => {
  call.expect(1, 1000);
  const { type, sqls } = unify(call.args);
  return { sql: `coalesce(${sqls.join(', ')})`, type };
};

const ifNull = (call: Call): Typed => {
  call.expect(2);
  return coalesce(call);
};

const nullIf = (call: Call): Typed => {
  call.expect(2);
  const [a, b] = [call.arg(0), call.arg(1)];
  return { sql: `CASE WHEN ${compared(a, b).join(' = ')} THEN NULL ELSE ${a.sql} END`, type: a.type };
};

const decode = (call: Call): Typed => {
  call.expect(3, 1000);
  const [subject, ...rest] = call.args;
  const pairs = Array.from(
    { length: Math.floor(rest.length / 2) },
    (_, i) => [rest[2 * i]!, rest[2 * i + 1]!] as const,
  );
  const otherwise = rest.length % 2 === 1 ? [rest.at(-1)!] : [];
  const { type, sqls } = unify([...pairs.map(([, result]) => result), ...otherwise]);
  const whens = pairs.map(
    ([search], i) => ` WHEN ${compared(subject!, search).join(' IS NOT DISTINCT FROM ')} THEN ${sqls[i]}`,
  );
  return { sql: `CASE${whens.join('')}${otherwise.length > 0 ? ` ELSE ${sqls.at(-1)}` : ''} END`, type };
};

/** GREATEST and LEAST: NULL if any argument is; the _IGNORE_NULLS kind passes over NULLs, as DuckDB's own does. */
const extreme =
  (duckName: 'greatest' | 'least', ignoreNulls: boolean) =>
  (call: Call): Typed => {
    call.expect(1, 1000);
    const { type, sqls } = unify(call.args);
    const sql = `${duckName}(${sqls.join(', ')})`;
    if (ignoreNulls || sqls.length === 1) return { sql, type };
    return { sql: `CASE WHEN ${sqls.map((one) => `${one} IS NULL`).join(' OR ')} THEN NULL ELSE ${sql} END`, type };
  };

const zeroIfNull = (call: Call): Typed => {
  call.expect(1);
  const value = numeric(call.arg(0));
  return { sql: `coalesce(${value.sql}, 0)`, type: value.type };
};

const nullIfZero = (call: Call): Typed => {
  call.expect(1);
  const value = numeric(call.arg(0));
  return { sql: `nullif(${value.sql}, 0)`, type: value.type };
};

const boolean =
  (template: (a: string, b: string) => string) =>
  (call: Call): Typed => {
    call.expect(2);
    return { sql: template(call.boolean(0), call.boolean(1)), type: BOOLEAN };
  };

/** IFF, COALESCE, DECODE and their kin. */
export const CONDITIONALS: FunctionRules = {
  BOOLAND: boolean((a, b) => `(${a} AND ${b})`),
  BOOLNOT: (call) => ({ sql: `(NOT ${call.boolean(0)})`, type: BOOLEAN }),
  BOOLOR: boolean((a, b) => `(${a} OR ${b})`),
  BOOLXOR: boolean((a, b) => `(${a} <> ${b})`),
  COALESCE: coalesce,
  DECODE: decode,
  EQUAL_NULL: (call) => {
    call.expect(2);
    return { sql: `(${compared(call.arg(0), call.arg(1)).join(' IS NOT DISTINCT FROM ')})`, type: BOOLEAN };
  },
  GREATEST: extreme('greatest', false),
  GREATEST_IGNORE_NULLS: extreme('greatest', true),
  IFF: (call) => {
    call.expect(3);
    return choose(call.boolean(0), call.arg(1), call.arg(2));
  },
  IFNULL: ifNull,
  LEAST: extreme('least', false),
  LEAST_IGNORE_NULLS: extreme('least', true),
  NULLIF: nullIf,
  NULLIFZERO: nullIfZero,
  NVL: ifNull,
  NVL2: (call) => {
    call.expect(3);
    return choose(`${call.arg(0).sql} IS NOT NULL`, call.arg(1), call.arg(2));
  },
  REGR_VALX: (call) => ({
    sql: `CASE WHEN ${call.real(0)} IS NULL THEN NULL ELSE ${call.real(1)} END`,
    type: { name: 'real' },
  }),
  REGR_VALY: (call) => ({
    sql: `CASE WHEN ${call.real(1)} IS NULL THEN NULL ELSE ${call.real(0)} END`,
    type: { name: 'real' },
  }),
  ZEROIFNULL: zeroIfNull,
};
