/** Macros for numbers: reading them from text, printing them, dividing them exactly. */
export const NUMBER_MACROS: readonly string[] = [
  // DuckDB reads digits with underscores, which Snowflake refuses; the rest of what it reads as a number is the same.
  `_sf.try_digits(x) AS CASE WHEN contains(x, '_') THEN NULL ELSE x END`,
  `_sf.digits(x) AS CASE WHEN contains(x, '_') THEN error('Numeric value ''' || x || ''' is not recognized') ELSE x END`,
  `_sf.real_text(x) AS CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'inf' ELSE '-inf' END ELSE printf('%.15g', x) END`,
  `_sf.number_json(x) AS CAST(rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.') AS JSON)`,
  `_sf.real_json(x) AS CASE WHEN isnan(x) OR isinf(x) THEN to_json(_sf.real_text(x)) ELSE CAST(printf('%.15g', x) AS JSON) END`,
  // Rounds half away from zero.
  `_sf.quotient(n, d) AS CASE WHEN d = 0 THEN error('Division by zero') ELSE sign(n) * sign(d) * ((abs(n) + abs(d) // 2) // abs(d)) END`,
  `_sf.real_quotient(n, d) AS CASE WHEN d = 0 THEN error('Division by zero') ELSE n / d END`,
  `_sf.remainder(n, d) AS CASE WHEN d = 0 THEN error('Division by zero') ELSE n % d END`,
  `_sf.text_boolean(x) AS CASE WHEN x IS NULL THEN NULL
     WHEN lower(trim(x)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE
     WHEN lower(trim(x)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE
     ELSE error('Boolean value ''' || x || ''' is not recognized') END`,
  `_sf.try_text_boolean(x) AS CASE WHEN lower(trim(x)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE
     WHEN lower(trim(x)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE END`,
  `_sf.variant_boolean(x) AS CASE WHEN json_type(x) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT', 'UHUGEINT') THEN CAST(x ->> '$' AS DOUBLE) <> 0 ELSE _sf.text_boolean(x ->> '$') END`,
  `_sf.try_variant_boolean(x) AS CASE WHEN json_type(x) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT', 'UHUGEINT') THEN TRY_CAST(x ->> '$' AS DOUBLE) <> 0 ELSE _sf.try_text_boolean(x ->> '$') END`,
  // Sets of numbers as bytes of JSON.
  `_sf.set_bytes(list) AS CASE WHEN list IS NOT NULL THEN encode(CAST(to_json(list_transform(list_sort(list), lambda n: CAST(n AS VARCHAR))) AS VARCHAR)) END`,
  `_sf.set_list(bytes) AS CAST(json_extract(CAST(decode(bytes) AS JSON), '$[*]') AS VARCHAR[])`,
  `_sf.united_sets(sets) AS _sf.set_bytes(CAST(list_distinct(flatten(list_transform(list_filter(sets, lambda s: s IS NOT NULL), lambda s: list_transform(_sf.set_list(s), lambda n: trim(n, '"'))))) AS HUGEINT[]))`,
  `_sf.set_size(bytes) AS CASE WHEN bytes IS NULL THEN 0 ELSE len(_sf.set_list(bytes)) END`,
  `_sf.counted_values(pairs) AS list_transform(list_distinct(pairs), lambda p: {'n': -len(list_filter(pairs, lambda q: q = p)), 'key': p.key, 'value': p.value})`,
  `_sf.top_values(pairs, k) AS CASE WHEN pairs IS NULL THEN CAST('[]' AS JSON) ELSE to_json(list_transform(list_sort(_sf.counted_values(pairs))[:k], lambda p: json_array(p.value, -p.n))) END`,
  // Whether SEQ1(0) has numbers above 127 Snowflake does not say.
  `_sf.sequence(n, half, sign) AS CASE WHEN n < half THEN n WHEN sign = 1 THEN (n + half) % (2 * half) - half ELSE error('Unsupported feature ''a sequence without sign beyond ' || (half - 1) || '''') END`,
  `_sf.common_sets(sets) AS _sf.set_bytes(CAST(list_reduce(list_transform(list_filter(sets, lambda s: s IS NOT NULL), lambda s: list_transform(_sf.set_list(s), lambda n: trim(n, '"'))), lambda a, b: list_intersect(a, b)) AS HUGEINT[]))`,
  `_sf.set_places(bytes, bucket) AS CASE WHEN bytes IS NOT NULL THEN to_json(list_transform(_sf.set_list(bytes), lambda n: CAST(trim(n, '"') AS BIGINT) + 1 + (bucket - 1) * 32768)) END`,
  // What APPROX_... keep between their steps.
  `_sf.top_state(pairs, counters) AS CAST('{"counters":' || coalesce(CAST(counters AS VARCHAR), 'null') || ',"state":' || CAST(pairs AS VARCHAR) || ',"type":"approx_top_k","version":1}' AS JSON)`,
  `_sf.top_pairs(states) AS flatten(list_transform(states, lambda s: CAST(json_extract(s, '$.state[*]') AS JSON[])))`,
  `_sf.top_summed(pairs) AS list_transform(list_distinct(list_transform(pairs, lambda p: CAST(json_extract(p, '$[0]') AS VARCHAR))), lambda v: {'n': -list_sum(list_transform(list_filter(pairs, lambda p: CAST(json_extract(p, '$[0]') AS VARCHAR) = v), lambda p: CAST(json_extract(p, '$[1]') AS BIGINT))), 'key': _sf.variant_key(CAST(v AS JSON)), 'value': v})`,
  `_sf.top_list(summed, k) AS CASE WHEN summed IS NULL THEN CAST('[]' AS JSON) ELSE to_json(list_transform(list_sort(summed)[:k], lambda p: json_array(CAST(p.value AS JSON), CAST(-p.n AS BIGINT)))) END`,
  `_sf.top_union(states, counters) AS _sf.top_state(_sf.top_list(_sf.top_summed(_sf.top_pairs(states)), coalesce(counters, 100000)), counters)`,
  `_sf.top_estimate(state, k) AS CASE WHEN state IS NOT NULL THEN _sf.top_list(_sf.top_summed(_sf.top_pairs([state])), k) END`,
  `_sf.digest(list) AS CAST('{"state":' || CAST(to_json(list) AS VARCHAR) || ',"type":"tdigest","version":1}' AS JSON)`,
  `_sf.digested(state) AS CAST(json_extract(state, '$.state[*]') AS DOUBLE[])`,
  `_sf.round_real(x, n) AS sign(x) * floor(abs(x) * pow(10, n) + 0.5) / pow(10, n)`,
  // Whole multiples of a power of ten.
  `_sf.round_tens(x, k) AS sign(x) * ((CAST(trunc(abs(x)) AS HUGEINT) + k // 2) // k * k)`,
  `_sf.trunc_tens(x, k) AS CAST(trunc(x) AS HUGEINT) // k * k`,
  `_sf.floor_tens(x, k) AS (CAST(floor(x) AS HUGEINT) - CASE WHEN x < 0 THEN k - 1 ELSE 0 END) // k * k`,
  `_sf.ceil_tens(x, k) AS (CAST(ceil(x) AS HUGEINT) + CASE WHEN x > 0 THEN k - 1 ELSE 0 END) // k * k`,
  `_sf.hex_text(n, width, pad) AS CASE WHEN length(hex(abs(n))) > width THEN repeat('#', width) ELSE lpad(hex(CASE WHEN n < 0 THEN n + CAST(pow(16, width) AS HUGEINT) ELSE n END), CAST(width AS INTEGER), pad) END`,
  `_sf.try_hex_number(x, digits) AS CASE WHEN regexp_full_match(trim(x), '[0-9A-Fa-f]+') AND length(trim(x)) <= digits THEN CAST(list_reduce(list_prepend(CAST(0 AS HUGEINT), list_transform(string_split(upper(trim(x)), ''), lambda c: CAST(strpos('0123456789ABCDEF', c) - 1 AS HUGEINT))), lambda sum, d: sum * 16 + d) AS DECIMAL(38,0)) END`,
  `_sf.hex_number(x, digits, format) AS CASE WHEN x IS NULL THEN NULL ELSE coalesce(_sf.try_hex_number(x, digits), error('Can''t parse ''' || x || ''' as number with format ''' || format || '''')) END`,
  // Digits without the point, then the place of the first one.
  `_sf.significant(t) AS rtrim(ltrim(replace(t, '.', ''), '0'), '0')`,
  `_sf.exponent(t) AS CASE WHEN ltrim(split_part(t, '.', 1), '0') <> '' THEN length(ltrim(split_part(t, '.', 1), '0')) - 1 ELSE length(ltrim(split_part(t, '.', 2), '0')) - length(split_part(t, '.', 2)) - 1 END`,
  `_sf.scientific(x) AS CASE WHEN x = 0 THEN '0E0' ELSE CASE WHEN x < 0 THEN '-' ELSE '' END || left(_sf.significant(CAST(abs(x) AS VARCHAR)), 1) || CASE WHEN length(_sf.significant(CAST(abs(x) AS VARCHAR))) > 1 THEN '.' || substring(_sf.significant(CAST(abs(x) AS VARCHAR)), 2) ELSE '' END || 'E' || _sf.exponent(CAST(abs(x) AS VARCHAR)) END`,
  `_sf.cbrt(x) AS CASE WHEN pow(round(cbrt(x)), 3) = x THEN round(cbrt(x)) ELSE cbrt(x) END`,
  `_sf.factorial(n) AS CASE WHEN n < 0 OR n > 33 THEN error('Invalid floating point operation: factorial(' || n || ')') ELSE factorial(CAST(n AS INTEGER)) END`,
  ...[
    ['acos', 'abs(x) > 1'],
    ['asin', 'abs(x) > 1'],
    ['acosh', 'x < 1'],
    ['atanh', 'abs(x) >= 1'],
    ['ln', 'x <= 0'],
    ['sqrt', 'x < 0'],
  ].map(
    ([name, outside]) =>
      `_sf.checked_${name}(x) AS CASE WHEN ${outside} THEN error('Invalid floating point operation: ${name}(' || _sf.real_text(x) || ')') ELSE ${name}(x) END`,
  ),
  `_sf.half_even(x) AS CASE WHEN abs(x - trunc(x)) = 0.5 AND CAST(trunc(x) AS HUGEINT) % 2 = 0 THEN trunc(x) ELSE round(x, 0) END`,
  `_sf.trunc_real(x, n) AS trunc(x * pow(10, n)) / pow(10, n)`,
  `_sf.ceil_real(x, n) AS ceil(x * pow(10, n)) / pow(10, n)`,
  `_sf.floor_real(x, n) AS floor(x * pow(10, n)) / pow(10, n)`,
  `_sf.width_bucket(x, low, high, n) AS CASE WHEN x < low THEN 0 WHEN x >= high THEN n + 1 ELSE CAST(floor((x - low) / ((high - low) / n)) AS BIGINT) + 1 END`,
];
