import type { Routine } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { as, coerce } from './coerce.ts';
import type { Query } from './context.ts';
import { typeOfColumn } from './type-of-column.ts';
import { BINARY, isSemiStructured, LTZ, TEXT, VARIANT } from './types.ts';
import type { Type, Typed } from './types.ts';

/** The call of a function in JavaScript, whose result is a text until it is brought to its type. */
export const javascriptCall = (routine: Routine, args: readonly Typed[]): Typed => {
  const target = typeOfColumn({ ...routine.returns, name: '' });
  const { sql, type } = resultAs('answer', target);
  // Conversions may read a value more than once, which must not call for it more than once.
  return { sql: `(list_transform([${handlerCall(routine, argumentsJson(args))}], lambda answer: ${sql}))[1]`, type };
};

/** The rows of a table function in JavaScript; `lateral`: its arguments may be columns of other tables. */
export const javascriptRows = (routine: Routine, args: readonly Typed[], lateral: boolean): Query => {
  const columns = resultColumns(routine, 'written', 0);
  const items = columns.map(({ sql, name }) => `${sql} AS ${quoteIdentifier(name)}`).join(', ');
  const rows = `CAST(CAST(${handlerCall(routine, argumentsJson(args, String(lateral)))} AS JSON) AS JSON[])`;
  return {
    sql: `${lateral ? 'LATERAL ' : ''}(SELECT ${items} FROM (SELECT unnest(${rows}) AS written))`,
    columns: columns.map(({ name, type }) => ({ name, duckName: name, type })),
  };
};

/** The columns in what a handler has written as one row, from a place on. */
export const resultColumns = (
  { table }: Routine,
  written: string,
  from: number,
): readonly (Typed & { readonly name: string })[] =>
  table!.map((column, i) => ({ ...resultAs(`(${written}->>${from + i})`, typeOfColumn(column)), name: column.name }));

/** The call of a handler with DuckDB text of what it is told. */
export const handlerCall = ({ javascript }: Routine, told: string): string =>
  `sf_javascript(getvariable('sf_external'), '${javascript}', ${told})`;

/** The arguments of one row as a JSON array, behind words of JSON that come first. */
export const argumentsJson = (args: readonly Typed[], ...first: readonly string[]): string =>
  listOf([...first.map((word) => `'${word}'`), ...args.map(json)]);

const listOf = (values: readonly string[]): string =>
  `('[' || ${values.length === 0 ? "''" : values.join(" || ',' || ")} || ']')`;

/** A handler's result as its type: documents come as JSON, instants as ISO writes them, bytes as digits. */
const resultAs = (sql: string, target: Type): Typed => {
  if (isSemiStructured(target)) return coerce({ sql: `CAST(${sql} AS JSON)`, type: VARIANT }, target);
  if (target.name === 'binary') return coerce({ sql: `unhex(${sql})`, type: BINARY }, target);
  if (target.name === 'date' || target.name.startsWith('timestamp'))
    return coerce(coerce({ sql, type: TEXT }, LTZ), target);
  return coerce({ sql, type: TEXT }, target);
};

/** An argument as JSON: dates as milliseconds, bytes as digits, documents as texts, which may say null themselves. */
const json = (value: Typed): string => `coalesce(${written(value)}, 'null')`;

const written = ({ sql, type }: Typed): string => {
  const quoted = (text: string): string => `CAST(to_json(${text}) AS VARCHAR)`;
  if (type.name === 'boolean') return `CAST(${sql} AS VARCHAR)`;
  if (type.name === 'real')
    return `CASE WHEN isfinite(${sql}) THEN CAST(${sql} AS VARCHAR) WHEN isnan(${sql}) THEN '"NaN"' WHEN ${sql} > 0 THEN '"Infinity"' ELSE '"-Infinity"' END`;
  if (type.name === 'binary') return quoted(`hex(${sql})`);
  if (type.name === 'date' || type.name.startsWith('timestamp'))
    return `CAST(epoch_ms(${as({ sql, type }, LTZ)}) AS VARCHAR)`;
  return quoted(`CAST(${sql} AS VARCHAR)`);
};
