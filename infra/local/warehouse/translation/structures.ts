import { unsupported } from './failures.ts';
import { quoteString } from '../sql/string-literal.ts';
import { displayType, isSemiStructured, TEXT, VARIANT } from './types.ts';
import type { Slot, Type, Typed } from './types.ts';

/** What converts a value within: it knows structured types too. */
type Coerce = (value: Typed, target: Type) => Typed;

/** How deep types stand in each other; DuckDB's lambdas have a parameter for each depth. */
const depth = (type: Type): number =>
  1 + Math.max(0, ...[type.element, ...(type.fields ?? [])].map((slot) => (slot ? depth(slot.type) : 0)));

/** A value of a document as the slot's type, and back in a document; NULL where it is a null of JSON, unless the type has such. */
const slotted = (sql: string, { type, required }: Slot, nothing: string, coerce: Coerce): string => {
  const nulls = isSemiStructured(type) ? sql : `_sf.not_null(${sql})`;
  const value = coerce(coerce({ sql: nulls, type: VARIANT }, type), VARIANT).sql;
  return `coalesce(${value}, ${required ? `error('Failed to cast variant value null to ${displayType(type).replaceAll("'", "''")}')` : nothing})`;
};

/** A document as a structured type: each value of it cast, an OBJECT with no other keys than its type has. */
export const structured = (value: Typed, target: Type, tried: boolean, coerce: Coerce): string | undefined => {
  if (!isSemiStructured(value.type)) return undefined;
  if (tried) throw unsupported('TRY_CAST to a structured type');
  if (displayType(value.type) === displayType(target)) return value.sql;
  const one = `v${depth(target)}`;
  const kind = target.name === 'array' ? 'ARRAY' : 'OBJECT';
  const document = `_sf.of_kind(${value.sql}, '${kind}', ${quoteString(displayType(target))})`;
  if (target.name === 'array') {
    const element = slotted(one, target.element!, `_sf.or_gap(NULL)`, coerce);
    return `_sf.array_of(list_transform(_sf.present(${document}), lambda ${one}: ${element}))`;
  }
  if (target.name === 'map') {
    const key = coerce(coerce({ sql: `${one}.k`, type: TEXT }, target.key!), TEXT).sql;
    const member = slotted(`CAST(${one}.v AS JSON)`, target.element!, `CAST('null' AS JSON)`, coerce);
    const pair = `{'k': ${key}, 'v': CAST(${member} AS VARCHAR), 'n': FALSE}`;
    return `CASE WHEN ${document} IS NOT NULL THEN _sf.pairs_json(list_transform(_sf.entries(${value.sql}), lambda ${one}: ${pair})) END`;
  }
  const fields = target.fields!;
  const members = fields.map((field) => {
    const member = slotted(
      `json_extract(${value.sql}, _sf.pointer(${quoteString(field.name)}))`,
      field,
      `CAST('null' AS JSON)`,
      coerce,
    );
    return `${quoteString(`${JSON.stringify(field.name)}:`)} || CAST(${member} AS VARCHAR)`;
  });
  const keys = `[${fields.map(({ name }) => quoteString(name)).join(', ')}]`;
  const checked = `_sf.with_keys(${document}, ${keys}, ${quoteString(displayType(target))})`;
  const text = members.length === 0 ? `'{}'` : `'{' || ${members.join(` || ',' || `)} || '}'`;
  return `CASE WHEN ${checked} IS NOT NULL THEN CAST(${text} AS JSON) END`;
};

/** What stands at a path in a structured value, in its own type; undefined where the types don't say. */
export const slotAt = (type: Type, steps: readonly unknown[]): Type | undefined => {
  let at: Type | undefined = type;
  for (const step of steps) {
    if (at?.element) at = at.element.type;
    else at = at?.fields?.find(({ name }) => name === step)?.type;
  }
  return at;
};
