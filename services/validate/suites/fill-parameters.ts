const NAMED = '$PARAMETER';

/**
 * Puts values in the place of parameters, as `{"$PARAMETER": "least"}`: those that the suite gives, or the one beside the name; throws, by
 * name, where there is none.
 * @example fillParameters({ min_value: { $PARAMETER: 'least' } }, { least: 3 }) // { min_value: 3 }
 */
export const fillParameters = (value: unknown, given: Readonly<Record<string, unknown>>): unknown => {
  if (Array.isArray(value)) return value.map((it) => fillParameters(it, given));
  if (typeof value !== 'object' || value === null) return value;
  const parts = value as Readonly<Record<string, unknown>>;
  const name = parts[NAMED];
  if (typeof name !== 'string')
    return Object.fromEntries(Object.entries(parts).map(([key, it]) => [key, fillParameters(it, given)]));
  const known = (Object.hasOwn(given, name) ? given[name] : undefined) ?? parts[`${NAMED}.${name}`];
  if (known === undefined || known === null)
    throw new RangeError(`takes ${NAMED} ${name}, which the suite gives no value: add it to suite_parameters`);
  return known;
};
