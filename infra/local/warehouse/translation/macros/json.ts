import { HELD, UNDEFINED } from '../../sql/held-values.ts';

/** Macros for VARIANT, OBJECT and ARRAY. */
export const JSON_MACROS: readonly string[] = [
  // DuckDB accepts trailing commas and NaN, keeps keys as they come, and shortens numbers of more than 17 digits: JavaScript reads JSON in its place.
  ...['parse_json', 'parse_json_last', 'try_parse_json', 'try_parse_json_last'].map(
    (name) => `_sf.${name}(x) AS CAST(sf_${name}(x) AS JSON)`,
  ),
  // Few texts have marks: to look for one is cheaper than to replace none.
  `_sf.unmarked(t) AS CASE WHEN contains(t, '${HELD}') THEN replace(replace(nullif(t, '${HELD}'), '${UNDEFINED}', 'undefined'), '${HELD}', '') ELSE t END`,
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
