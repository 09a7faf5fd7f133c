import { coerce } from '../coerce.ts';
import type { Rule } from '../context.ts';
import { wrongArguments } from '../failures.ts';
import { slotAt } from '../structures.ts';
import { kindOf, nodeAt, partsOf, textAt } from '../tree.ts';
import type { Node, Parts } from '../tree.ts';
import { ARRAY, displayType, INTEGER, isSemiStructured, OBJECT, TEXT, VARIANT } from '../types.ts';
import type { Type, Typed } from '../types.ts';
import { quoteString } from '../../sql/string-literal.ts';

/** One step into a document: a key, a place in an array, or an expression that gives one of them. */
export type Step = string | number | Typed;

const PLAIN_KEY = /^[^"\\]*$/;

/** What stands at a path in a document, as VARIANT; JSON null stays apart from absent. */
export const extract = (document: string, steps: readonly Step[]): Typed => {
  let sql = document;
  let path = '';
  let within: Typed['within'];
  const take = (place: string): void => {
    within = { document: sql, path: quoteString(place) };
    sql = `json_extract(${sql}, ${within.path})`;
    path = '';
  };
  for (const step of steps) {
    if (typeof step === 'number') path += `[${step}]`;
    else if (typeof step === 'string' && PLAIN_KEY.test(step)) path += `."${step}"`;
    else {
      if (path) take(`$${path}`);
      if (typeof step === 'string') take(`/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      else {
        within = undefined;
        sql =
          step.type.name === 'fixed'
            ? `_sf.get_index(${sql}, ${coerce(step, INTEGER).sql})`
            : `_sf.get_key(${sql}, ${coerce(step, TEXT).sql})`;
      }
    }
  }
  if (path) take(`$${path}`);
  const place = typeof steps.at(-1) === 'number';
  return { sql: place ? `_sf.defined(${sql})` : sql, type: VARIANT, ...(within && { within }) };
};

/** The steps into a value of this type: the keys of a MAP are texts in the document, also where they are numbers. */
const stepsInto = (type: Type, steps: readonly Step[]): Step[] =>
  steps.map((step, i) => {
    if (slotAt(type, steps.slice(0, i))?.name !== 'map') return step;
    return typeof step === 'object' ? coerce(step, TEXT) : String(step);
  });

/** `document['key'][0]`, to which the preparation has brought `document:key[0]`. */
export const subscript: Rule = (parts, context, scope) => {
  const steps: Step[] = [];
  let node: Node = { subscript: parts };
  while (
    kindOf(node) === 'subscript' ||
    (kindOf(node) === 'paren' && steps.length > 0 && kindOf(nodeAt(partsOf(node), 'this')!) === 'subscript')
  ) {
    const own: Parts = partsOf(node);
    if (kindOf(node) === 'subscript') steps.unshift(step(nodeAt(own, 'index')!));
    node = nodeAt(own, 'this')!;
  }
  const document = context.expression(node, scope);
  if (document.type.name === 'null' || document.type.name === 'any')
    return extract(coerce(document, VARIANT).sql, steps);
  if (!isSemiStructured(document.type)) throw wrongArguments('GET', `${displayType(document.type)}, VARCHAR`);
  const type = slotAt(document.type, steps);
  const found = extract(document.sql, stepsInto(document.type, steps));
  return type === undefined || type.name === 'variant' ? found : coerce(found, type);

  function step(index: Node): Step {
    const literal = kindOf(index) === 'literal' ? partsOf(index) : undefined;
    if (literal?.['literal_type'] === 'number') return Number(literal['value']);
    if (literal?.['literal_type'] === 'string') return context.string(textAt(literal, 'value')!);
    return context.expression(index, scope);
  }
};

/** `{'key': value, ...}`. */
export const objectLiteral: Rule = (parts, context, scope) => {
  const keys = (parts['keys'] as Node[]).map((node) => context.expression(node, scope));
  const values = (parts['values'] as Node[]).map((node) => context.expression(node, scope));
  return {
    sql: `_sf.object_keep([${keys.map((key) => coerce(key, TEXT).sql).join(', ')}], [${values.map((value) => coerce(value, VARIANT).sql).join(', ')}])`,
    type: OBJECT,
  };
};

/** An array of values, of which NULLs are undefined. */
export const arrayOf = (values: readonly Typed[]): Typed => ({
  sql: `json_array(${values.map((value) => `_sf.or_gap(${coerce(value, VARIANT).sql})`).join(', ')})`,
  type: ARRAY,
});

/** `[a, b]`. */
export const arrayLiteral: Rule = (parts, context, scope) =>
  arrayOf(((parts['expressions'] ?? []) as Node[]).map((node) => context.expression(node, scope)));

/** The steps of a path written as text, `a.b[0]["c d"]`. */
export const pathSteps = (path: string): Step[] => {
  const steps: Step[] = [];
  for (const [, name, quoted, index, key] of path.matchAll(
    /(?:^|[.:])([A-Za-z_][\w$]*)|(?:^|[.:])"([^"]*)"|\[(\d+)\]|\[['"]([^\]]*)['"]\]/g,
  ))
    steps.push(index === undefined ? (name ?? quoted ?? key)! : Number(index));
  return steps;
};
