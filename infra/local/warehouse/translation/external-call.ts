import type { Routine } from '../contract.ts';
import { as, coerce } from './coerce.ts';
import { typeOfColumn } from './type-of-column.ts';
import { isSemiStructured, TEXT, VARIANT } from './types.ts';
import type { Typed } from './types.ts';

let sites = 0;

/** Numbers the places of one statement that call external functions; the same text is the same place, and inner ones come before outer ones. */
export class Sites {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    sites += 1;
    this.#numbers.set(text, sites);
    return sites;
  }
}

/** The call of an external function with arguments of its declared types. */
export const externalCall = (routine: Routine, args: readonly Typed[], places: Sites): Typed => {
  const row = `'[' || ${args.length === 0 ? "''" : args.map(json).join(" || ',' || ")} || ']'`;
  const target = typeOfColumn({ ...routine.returns, name: '' });
  const call = `sf_external(getvariable('sf_external'), '${places.numberOf(`${routine.external} ${row}`)}', '${routine.external}', ${row})`;
  return isSemiStructured(target)
    ? once({ sql: `CAST(${call} AS JSON)`, type: VARIANT }, (value) => coerce(value, target))
    : once({ sql: call, type: TEXT }, (value) => coerce(value, target));
};

/** Computes a value in one place, so that a conversion which reads it more than once does not call for it more than once. */
const once = ({ sql, type }: Typed, convert: (value: Typed) => Typed): Typed => {
  const converted = convert({ sql: 'answer', type });
  return { ...converted, sql: `(list_transform([${sql}], lambda answer: ${converted.sql}))[1]` };
};

/** A value as JSON; numbers and truth values as they are, dates and the like as their texts. */
const json = ({ sql, type }: Typed): string => {
  const bare = type.name === 'fixed' || type.name === 'boolean' || isSemiStructured(type);
  const text =
    type.name === 'real'
      ? `CASE WHEN isfinite(${sql}) THEN CAST(${sql} AS VARCHAR) ELSE '"' || CAST(${sql} AS VARCHAR) || '"' END`
      : bare
        ? `CAST(${sql} AS VARCHAR)`
        : `CAST(to_json(${as({ sql, type }, TEXT)}) AS VARCHAR)`;
  return `coalesce(${text}, 'null')`;
};
