import { isDeepStrictEqual } from 'node:util';

/** A JSON schema, as far as contracts use it. */
export type Schema = { readonly [keyword: string]: unknown };

/** Says nothing about which values are allowed. */
const REMARKS = ['$schema', 'title', 'description', 'examples', 'default'];

/** What a listener that relies on `expected` could meet when it is sent `given`: one sentence each, with the path; none where all is well. */
export const schemaBreaks = (expected: Schema, given: Schema, at = ''): readonly string[] => {
  const [sent, known] = [branchesOf(given), branchesOf(expected)];
  if (sent.length > 1) return sent.map((it) => schemaBreaks(expected, it, at)).find((it) => it.length > 0) ?? [];
  if (known.length > 1)
    return known.some((it) => schemaBreaks(it, given, at).length === 0)
      ? []
      : [`${where(at)} may be ${kindOf(given)}, which was never agreed on`];
  const values = valuesOf(expected);
  const isText = given['type'] === expected['type'] || (given['type'] === 'integer' && expected['type'] === 'number');
  if (values === undefined && !isText) return [`${where(at)} becomes ${kindOf(given)}, and was ${kindOf(expected)}`];
  return [
    ...valueBreaks(values, valuesOf(given), at),
    ...propertyBreaks(expected, given, at),
    ...(isSchema(expected['items']) ? itemBreaks(expected['items'], given['items'], at) : []),
    ...limitBreaks(expected, given, at),
    ...otherBreaks(expected, given, at),
  ];
};

/** Alternatives one by one, spelled as `anyOf` or as a list of types. */
const branchesOf = (of: Schema): readonly Schema[] => {
  const { type, anyOf } = of;
  if (Array.isArray(anyOf)) return anyOf as readonly Schema[];
  if (!Array.isArray(type)) return [of];
  return (type as readonly string[]).map((it) => (it === 'null' ? { type: it } : { ...of, type: it }));
};

const where = (at: string): string => (at === '' ? 'the event' : at);
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const kindOf = (of: Schema): string => JSON.stringify(of['const'] ?? of['enum'] ?? of['type'] ?? 'anything');
const valuesOf = (of: Schema): readonly unknown[] | undefined =>
  'const' in of ? [of['const']] : (of['enum'] as readonly unknown[] | undefined);

const valueBreaks = (expected: readonly unknown[] | undefined, given: readonly unknown[] | undefined, at: string) => {
  if (!expected) return [];
  if (!given) return [`${where(at)} may be anything, and was one of ${JSON.stringify(expected)}`];
  return given
    .filter((it) => !expected.includes(it))
    .map((it) => `${where(at)} may be ${JSON.stringify(it)}, which is new`);
};

const propertyBreaks = (expected: Schema, given: Schema, at: string): readonly string[] => {
  const needed = new Set((expected['required'] as readonly string[] | undefined) ?? []);
  const sure = new Set((given['required'] as readonly string[] | undefined) ?? []);
  const sent = (given['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries((expected['properties'] ?? {}) as Readonly<Record<string, Schema>>).flatMap(
    ([name, before]) => {
      const path = at === '' ? name : `${at}.${name}`;
      const now = sent[name];
      if (!now) return [`${path} is no longer sent`];
      return [
        ...(needed.has(name) && !sure.has(name) ? [`${path} may be missing`] : []),
        ...schemaBreaks(before, now, path),
      ];
    },
  );
};

const itemBreaks = (expected: Schema, given: unknown, at: string): readonly string[] =>
  isSchema(given) ? schemaBreaks(expected, given, `${at}[]`) : [`${where(at)} says no longer what it lists`];

const LIMITS = [
  ['minimum', 1],
  ['maximum', -1],
  ['minLength', 1],
  ['maxLength', -1],
  ['minItems', 1],
  ['maxItems', -1],
] as const;

const limitBreaks = (expected: Schema, given: Schema, at: string): readonly string[] =>
  LIMITS.flatMap(([keyword, direction]) => {
    const [before, now] = [expected[keyword], given[keyword]];
    if (typeof before !== 'number' || valuesOf(given)) return [];
    const isKept = typeof now === 'number' && (now - before) * direction >= 0;
    return isKept
      ? []
      : [`${where(at)} had a ${keyword} of ${before}, and has ${typeof now === 'number' ? now : 'none'}`];
  });

const JUDGED = [
  'anyOf',
  'type',
  'const',
  'enum',
  'properties',
  'required',
  'items',
  'additionalProperties',
  ...LIMITS.map(([it]) => it as string),
];

/** Patterns, formats and whatever else can't be weighed: kept as it was, or a break. */
const otherBreaks = (expected: Schema, given: Schema, at: string): readonly string[] =>
  [...new Set([...Object.keys(expected), ...Object.keys(given)])]
    .filter((it) => !JUDGED.includes(it) && !REMARKS.includes(it))
    // A new rule on what is sent only narrows it.
    .filter((it) => expected[it] !== undefined && !valuesOf(given) && !isDeepStrictEqual(expected[it], given[it]))
    .map(
      (it) =>
        `${where(at)} had the ${it} ${JSON.stringify(expected[it])}, and has ${JSON.stringify(given[it]) ?? 'none'}`,
    );
