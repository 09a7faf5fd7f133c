/** Outside of strings: a comma before a closing bracket, or one of the words that DuckDB reads as numbers in any case. */
const LOOSE = String.raw`'(?i),\s*[\]}]|nan|inf'`;
const STRINGS = String.raw`'"(?:[^"\\]|\\.)*"'`;

/** Macros for VARIANT, OBJECT and ARRAY. */
export const JSON_MACROS: readonly string[] = [
  // DuckDB accepts trailing commas, NaN and Infinity. The first test is cheap and spares most documents the second.
  `_sf.is_json(x) AS json_valid(x) AND (NOT regexp_matches(x, ${LOOSE}) OR NOT regexp_matches(regexp_replace(x, ${STRINGS}, '""', 'gs'), ${LOOSE}))`,
  // DuckDB shortens numbers of more than 17 digits and rewrites exponents when it prints a document anew: such documents stay as they came.
  String.raw`_sf.compact(x) AS CASE WHEN regexp_matches(x, '\d{16}|^\s*[^\s{\[]') THEN CAST(regexp_replace(x, '^\s+|\s+$', '', 'g') AS JSON) ELSE json(x) END`,
  `_sf.is_null_word(x) AS lower(trim(x)) = 'null'`,
  // Objects get their keys in order, and no key twice.
  ...[
    ['ordered', 'sf_ordered_json'],
    ['ordered_try', 'sf_ordered_json_try'],
    ['ordered_last', 'sf_ordered_json_last'],
  ].map(
    ([macro, native]) =>
      `_sf.${macro}(x) AS CASE WHEN contains(x, '{') THEN CAST(${native}(x) AS JSON) ELSE _sf.compact(x) END`,
  ),
  // Arrays with places without a value, keys without quotes and the like: asked only of what is no JSON.
  `_sf.has_gaps(x) AS _sf.is_json(sf_filled_json(x))`,
  ...[
    ['parse_json', 'ordered', 'ordered_try'],
    ['parse_json_last', 'ordered_last', 'ordered_last'],
  ].flatMap(([macro, ordered, tried]) => [
    `_sf.try_${macro}(x) AS CASE WHEN _sf.is_json(x) THEN _sf.${tried}(x) WHEN _sf.is_null_word(x) THEN CAST('null' AS JSON) WHEN _sf.has_gaps(x) THEN _sf.${tried}(sf_filled_json(x)) END`,
    `_sf.${macro}(x) AS CASE WHEN x IS NULL OR trim(x) = '' THEN NULL WHEN _sf.is_json(x) THEN _sf.${ordered}(x) WHEN _sf.is_null_word(x) THEN CAST('null' AS JSON)
     WHEN _sf.has_gaps(x) THEN _sf.${ordered}(sf_filled_json(x)) ELSE error('Error parsing JSON: ' || left(x, 200)) END`,
  ]),
  `_sf.as_object(x) AS CASE WHEN json_type(x) = 'OBJECT' THEN x END`,
  `_sf.to_object(x) AS CASE WHEN x IS NULL OR json_type(x) = 'NULL' THEN NULL WHEN json_type(x) = 'OBJECT' THEN x
     ELSE error('Failed to cast variant value ' || CAST(x AS VARCHAR) || ' to OBJECT') END`,
  `_sf.to_array(x) AS CASE WHEN x IS NULL OR json_type(x) = 'NULL' THEN NULL WHEN json_type(x) = 'ARRAY' THEN x ELSE CAST('[' || CAST(x AS VARCHAR) || ']' AS JSON) END`,
  `_sf.plain_number(t, kind) AS CASE WHEN kind = 'DOUBLE' AND contains(t, '.') AND NOT contains(lower(t), 'e') THEN rtrim(rtrim(t, '0'), '.') ELSE t END`,
  // Orders as Snowflake compares variants: numbers as numbers, the rest as text.
  `_sf.variant_key(x) AS CASE WHEN x IS NULL THEN NULL ELSE {'number': CASE WHEN json_type(x) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT', 'UHUGEINT') THEN CAST(x ->> '$' AS DOUBLE) END, 'whole': json_type(x) IN ('OBJECT', 'ARRAY'), 'text': _sf.plain_number(x ->> '$', json_type(x))} END`,
  `_sf.text_binary(x) AS CASE WHEN x IS NULL THEN NULL WHEN regexp_full_match(x, '([0-9a-fA-F]{2})*') THEN unhex(x)
     ELSE error('The following string is not a legal hex-encoded value: ''' || x || '''') END`,
  `_sf.base64_binary(x) AS CASE WHEN x IS NULL THEN NULL ELSE coalesce(_sf.try_base64_binary(x), error('The following string is not a legal base64-encoded value: ''' || x || '''')) END`,
  `_sf.try_base64_binary(x) AS CASE WHEN regexp_full_match(x, '([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?') THEN from_base64(x) END`,
  `_sf.try_text_binary(x) AS CASE WHEN regexp_full_match(x, '([0-9a-fA-F]{2})*') THEN unhex(x) END`,
];
