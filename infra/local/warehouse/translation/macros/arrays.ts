import { HELD, UNDEFINED } from '../../sql/held-values.ts';

const NUMBERS = `('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT', 'UHUGEINT')`;

/** Macros for arrays and objects; an object's keys come in alphabetical order, as on Snowflake. */
export const ARRAY_MACROS: readonly string[] = [
  `_sf.elements(x) AS CAST(json_extract(x, '$[*]') AS JSON[])`,
  `_sf.is_gap(e) AS CAST(e AS VARCHAR) = '${UNDEFINED}'`,
  `_sf.or_gap(v) AS coalesce(v, CAST('${UNDEFINED}' AS JSON))`,
  // To a lambda, a null in JSON is NULL.
  `_sf.nullable_elements(x) AS list_transform(_sf.elements(x), lambda e: CASE WHEN json_type(e) <> 'NULL' AND NOT _sf.is_gap(e) THEN e END)`,
  // Without what Snowflake has as undefined.
  `_sf.present(x) AS list_transform(_sf.elements(x), lambda e: CASE WHEN NOT _sf.is_gap(e) THEN e END)`,
  `_sf.arrays_to_object(k, v) AS CASE WHEN k IS NULL OR v IS NULL THEN NULL WHEN len(_sf.elements(k)) <> len(_sf.elements(v)) THEN error('Key array and value array had unequal lengths in ARRAYS_TO_OBJECT')
     WHEN len(list_filter(_sf.present(k), lambda e: json_type(e) <> 'VARCHAR')) > 0 THEN error('Key supplied for ARRAYS_TO_OBJECT does not have string type')
     ELSE _sf.object_keep(list_transform(_sf.present(k), lambda e: e ->> '$'), _sf.present(v)) END`,
  `_sf.array_of(list) AS CASE WHEN list IS NOT NULL THEN to_json(list) END`,
  `_sf.list_json(list) AS coalesce(to_json(list), CAST('[]' AS JSON))`,
  `_sf.pointer(k) AS '/' || replace(replace(k, '~', '~0'), '/', '~1')`,
  `_sf.get_key(x, k) AS CASE WHEN json_type(x) = 'OBJECT' THEN json_extract(x, _sf.pointer(k)) END`,
  `_sf.defined(x) AS CASE WHEN NOT _sf.is_gap(x) THEN x END`,
  `_sf.get_index(x, i) AS CASE WHEN i >= 0 AND json_type(x) = 'ARRAY' THEN _sf.defined(json_extract(x, '$[' || CAST(i AS BIGINT) || ']')) END`,
  `_sf.get_ignore_case(x, k) AS CASE WHEN json_type(x) = 'OBJECT' THEN coalesce(json_extract(x, _sf.pointer(k)), json_extract(x, _sf.pointer(list_filter(json_keys(x), lambda one: lower(one) = lower(k))[1]))) END`,
  `_sf.type_of(x) AS CASE json_type(x) WHEN 'NULL' THEN 'NULL_VALUE' WHEN 'UBIGINT' THEN 'INTEGER' WHEN 'BIGINT' THEN 'INTEGER' WHEN 'HUGEINT' THEN 'INTEGER'
     WHEN 'UHUGEINT' THEN 'INTEGER' WHEN 'DOUBLE' THEN _sf.type_of_number(CAST(x AS VARCHAR)) WHEN 'VARCHAR' THEN _sf.type_of_text(x ->> '$') ELSE json_type(x) END`,
  `_sf.type_of_text(t) AS CASE WHEN NOT starts_with(t, '${HELD}') THEN 'VARCHAR' WHEN t[2] = '${HELD}' THEN 'TIMESTAMP_LTZ' WHEN t[6] = '-' THEN CASE WHEN length(t) = 11 THEN 'DATE' WHEN contains(t[13:], ' ') THEN 'TIMESTAMP_TZ' ELSE 'TIMESTAMP_NTZ' END WHEN t[4] = ':' THEN 'TIME' WHEN t <> '${HELD}' THEN 'BINARY' END`,
  String.raw`_sf.type_of_number(x) AS CASE WHEN regexp_full_match(x, '-?\d{1,38}(\.0*)?') THEN 'INTEGER' WHEN regexp_full_match(x, '-?\d+\.\d+') AND length(x) <= 39 THEN 'DECIMAL' ELSE 'DOUBLE' END`,
  `_sf.array_size(x) AS CASE WHEN json_type(x) = 'ARRAY' THEN json_array_length(x) END`,
  `_sf.array_contains(v, x) AS CASE WHEN x IS NULL THEN NULL WHEN v IS NULL THEN nullif(len(_sf.gaps_of(x)) > 0, FALSE) ELSE list_contains(list_transform(_sf.elements(x), lambda e: CAST(e AS VARCHAR)), CAST(v AS VARCHAR)) END`,
  `_sf.array_position(v, x) AS CASE WHEN list_contains(list_transform(_sf.elements(x), lambda e: CAST(e AS VARCHAR)), CAST(v AS VARCHAR)) THEN list_position(list_transform(_sf.elements(x), lambda e: CAST(e AS VARCHAR)), CAST(v AS VARCHAR)) - 1 END`,
  `_sf.changes(list) AS len(list_filter(range(2, len(list) + 1), lambda i: list[i] <> list[i - 1]))`,
  `_sf.array_compact(x) AS to_json(list_filter(_sf.elements(x), lambda e: json_type(e) <> 'NULL' AND NOT _sf.is_gap(e)))`,
  `_sf.array_append(x, v) AS CASE WHEN x IS NOT NULL THEN to_json(list_append(_sf.elements(x), _sf.or_gap(v))) END`,
  `_sf.array_prepend(x, v) AS CASE WHEN x IS NOT NULL THEN to_json(list_prepend(_sf.or_gap(v), _sf.elements(x))) END`,
  `_sf.array_cat(x, y) AS CASE WHEN x IS NOT NULL AND y IS NOT NULL THEN to_json(list_concat(_sf.elements(x), _sf.elements(y))) END`,
  `_sf.array_distinct(x) AS to_json(list_transform(list_filter(list_transform(range(1, len(_sf.elements(x)) + 1), lambda i: {'i': i, 'e': _sf.elements(x)[i]}), lambda p: list_position(list_transform(_sf.elements(x), lambda e: CAST(e AS VARCHAR)), CAST(p.e AS VARCHAR)) = p.i), lambda p: p.e))`,
  `_sf.array_flatten(x) AS CASE WHEN len(list_filter(_sf.elements(x), lambda e: json_type(e) NOT IN ('ARRAY', 'NULL') AND NOT _sf.is_gap(e))) > 0 THEN error('Not an array: ''Input argument to ARRAY_FLATTEN is not an array of arrays''')
     WHEN len(list_filter(_sf.elements(x), lambda e: json_type(e) <> 'ARRAY')) = 0 THEN to_json(flatten(list_transform(_sf.elements(x), lambda e: _sf.elements(e)))) END`,
  `_sf.array_insert(x, i, v) AS CASE WHEN x IS NOT NULL THEN to_json(list_concat(list_concat(list_resize(_sf.elements(x), CASE WHEN i < 0 THEN greatest(len(_sf.elements(x)) + i, 0) ELSE i END, CAST('${UNDEFINED}' AS JSON)), [_sf.or_gap(v)]), (_sf.elements(x))[CASE WHEN i < 0 THEN greatest(len(_sf.elements(x)) + i, 0) ELSE i END + 1:])) END`,
  `_sf.counted(list) AS list_transform(range(1, len(list) + 1), lambda i: CAST(list[i] AS VARCHAR) || '#' || len(list_filter(list[:i], lambda e: CAST(e AS VARCHAR) = CAST(list[i] AS VARCHAR))))`,
  // Each once, where it comes first.
  `_sf.first_ones(list) AS list_transform([list_sort(list_transform(list, lambda e, i: {'e': e, 'i': i}))], lambda s: list_transform(list_sort(list_transform(list_filter(s, lambda p, i: i = 1 OR s[i - 1].e <> p.e), lambda p: {'i': p.i, 'e': p.e})), lambda p: p.e))[1]`,
  `_sf.uncounted(lists) AS to_json(list_transform(_sf.first_ones(flatten(lists)), lambda e: CAST(regexp_replace(e, '#\\d+$', '') AS JSON)))`,
  // Rows that are equal by their key stay in the order in which they came.
  `_sf.placed(list, sign) AS list_transform(list, lambda p, i: {'k': p.key, 'i': sign * i, 'v': p.value})`,
  `_sf.arg_max_values(list, n) AS _sf.list_json(list_transform(list_reverse_sort(_sf.placed(list, -1))[:n], lambda p: p.v))`,
  `_sf.arg_min_values(list, n) AS _sf.list_json(list_transform(list_sort(_sf.placed(list, 1))[:n], lambda p: p.v))`,
  `_sf.array_except(x, y) AS CASE WHEN x IS NOT NULL AND y IS NOT NULL THEN to_json(list_transform(list_filter(range(1, len(_sf.elements(x)) + 1), lambda i: NOT list_contains(_sf.counted(_sf.elements(y)), _sf.counted(_sf.elements(x))[i])), lambda i: (_sf.elements(x))[i])) END`,
  `_sf.array_intersection(x, y) AS CASE WHEN x IS NOT NULL AND y IS NOT NULL THEN to_json(list_transform(list_filter(range(1, len(_sf.elements(x)) + 1), lambda i: list_contains(_sf.counted(_sf.elements(y)), _sf.counted(_sf.elements(x))[i])), lambda i: (_sf.elements(x))[i])) END`,
  `_sf.arrays_overlap(x, y) AS list_has_any(list_transform(_sf.elements(x), lambda e: CAST(e AS VARCHAR)), list_transform(_sf.elements(y), lambda e: CAST(e AS VARCHAR)))`,
  // A null of JSON is greater than all else; a gap stands where NULLs stand.
  `_sf.sorted(x) AS list_transform(list_sort(list_transform(list_filter(_sf.elements(x), lambda e: NOT _sf.is_gap(e)), lambda e: {'n': json_type(e) = 'NULL', 'k': _sf.variant_key(e), 'e': CAST(e AS VARCHAR)})), lambda p: CAST(p.e AS JSON))`,
  `_sf.gaps_of(x) AS list_filter(_sf.elements(x), lambda e: _sf.is_gap(e))`,
  `_sf.array_sort_by(x, up, nulls_first) AS to_json(list_concat(list_concat(CASE WHEN nulls_first THEN _sf.gaps_of(x) ELSE [] END, CASE WHEN up THEN _sf.sorted(x) ELSE list_reverse(_sf.sorted(x)) END), CASE WHEN nulls_first THEN [] ELSE _sf.gaps_of(x) END))`,
  `_sf.array_min(x) AS _sf.sorted(x)[1]`,
  `_sf.array_max(x) AS _sf.sorted(x)[-1]`,
  `_sf.array_remove(x, v) AS CASE WHEN v IS NOT NULL THEN to_json(list_filter(_sf.elements(x), lambda e: CAST(e AS VARCHAR) <> CAST(v AS VARCHAR))) END`,
  `_sf.array_remove_at(x, i) AS to_json(list_transform(list_filter(range(1, len(_sf.elements(x)) + 1), lambda n: n <> CASE WHEN i < 0 THEN len(_sf.elements(x)) + i + 1 ELSE i + 1 END), lambda n: (_sf.elements(x))[n]))`,
  `_sf.array_reverse(x) AS to_json(list_reverse(_sf.elements(x)))`,
  `_sf.slice_end(n, i) AS CASE WHEN i < 0 THEN greatest(n + i, 0) ELSE least(i, n) END`,
  `_sf.array_slice(x, f, t) AS CASE WHEN f IS NOT NULL AND t IS NOT NULL THEN to_json((_sf.elements(x))[_sf.slice_end(len(_sf.elements(x)), f) + 1:_sf.slice_end(len(_sf.elements(x)), t)]) END`,
  `_sf.array_to_string(x, separator) AS CASE WHEN x IS NOT NULL AND separator IS NOT NULL THEN coalesce(array_to_string(list_transform(_sf.elements(x), lambda e: coalesce(replace(e ->> '$', '${HELD}', ''), '')), separator), '') END`,
  `_sf.pairs_json(pairs) AS CAST('{' || coalesce(array_to_string(list_transform(list_sort(pairs), lambda p: CAST(to_json(p.k) AS VARCHAR) || ':' || p.v), ','), '') || '}' AS JSON)`,
  // Each argument stands here once: a macro is written out at its call, and objects within objects would be written out again and again.
  `_sf.pairs(keys, vals) AS list_transform(list_zip(keys, vals), lambda z: {'k': z[1], 'v': CAST(coalesce(z[2], CAST('null' AS JSON)) AS VARCHAR), 'n': z[2] IS NULL})`,
  `_sf.distinct_keys(pairs) AS list_transform([pairs], lambda ps: CASE WHEN len(list_distinct(list_transform(ps, lambda p: p.k))) < len(ps) THEN error('Duplicate field key ''' || list_filter(list_sort(ps), lambda p, i: p.k = (list_sort(ps)[i + 1]).k)[1].k || '''') ELSE ps END)[1]`,
  `_sf.object_keep(keys, vals) AS _sf.pairs_json(_sf.distinct_keys(list_filter(_sf.pairs(keys, vals), lambda p: p.k IS NOT NULL)))`,
  `_sf.object_drop(keys, vals) AS _sf.pairs_json(_sf.distinct_keys(list_filter(_sf.pairs(keys, vals), lambda p: p.k IS NOT NULL AND NOT p.n)))`,
  `_sf.object_agg(keys, vals) AS CASE WHEN len(list_distinct(keys)) < len(keys) THEN error('Duplicate field key ''' || list_filter(keys, lambda k, i: list_position(keys, k) < i)[1] || '''') ELSE _sf.object_drop(keys, vals) END`,
  `_sf.entries(x) AS list_transform(json_keys(x), lambda k: {'k': k, 'v': CAST(json_extract(x, _sf.pointer(k)) AS VARCHAR), 'n': FALSE})`,
  `_sf.object_delete(x, keys) AS _sf.pairs_json(list_filter(_sf.entries(x), lambda p: NOT list_contains(keys, p.k)))`,
  `_sf.object_pick(x, keys) AS _sf.pairs_json(list_filter(_sf.entries(x), lambda p: list_contains(keys, p.k)))`,
  `_sf.object_insert(x, key, v, replace) AS CASE WHEN x IS NULL OR key IS NULL THEN NULL
     WHEN NOT replace AND list_contains(json_keys(x), key) THEN error('Duplicate field key ''' || key || '''')
     ELSE _sf.pairs_json(list_concat(list_filter(_sf.entries(x), lambda p: p.k <> key), CASE WHEN v IS NULL THEN [] ELSE [{'k': key, 'v': CAST(v AS VARCHAR), 'n': FALSE}] END)) END`,
  // Structured types.
  `_sf.not_null(x) AS CASE WHEN json_type(x) <> 'NULL' THEN x END`,
  `_sf.of_kind(x, kind, type) AS CASE WHEN x IS NULL OR json_type(x) = kind THEN x WHEN json_type(x) = 'NULL' THEN NULL ELSE error('Failed to cast variant value ' || CAST(x AS VARCHAR) || ' to ' || type) END`,
  `_sf.with_keys(x, keys, type) AS CASE WHEN x IS NULL THEN NULL WHEN list_sort(json_keys(x)) = list_sort(CAST(keys AS VARCHAR[])) THEN x ELSE error('Failed to cast variant value ' || CAST(x AS VARCHAR) || ' to ' || type) END`,
  `_sf.map_cat(x, y) AS CASE WHEN x IS NOT NULL AND y IS NOT NULL THEN _sf.pairs_json(list_concat(list_filter(_sf.entries(x), lambda p: NOT list_contains(json_keys(y), p.k)), _sf.entries(y))) END`,
  `_sf.map_insert(x, key, v, replace) AS CASE WHEN x IS NULL OR key IS NULL THEN x
     WHEN NOT replace AND list_contains(json_keys(x), key) THEN error('Duplicate field key ''' || key || '''')
     ELSE _sf.pairs_json(list_append(list_filter(_sf.entries(x), lambda p: p.k <> key), {'k': key, 'v': coalesce(CAST(v AS VARCHAR), 'null'), 'n': FALSE})) END`,
  `_sf.object_keys(x) AS CASE WHEN json_type(x) = 'OBJECT' THEN to_json(list_sort(json_keys(x))) END`,
  // FLATTEN.
  `_sf.object_values(x) AS CASE WHEN json_type(x) = 'OBJECT' THEN list_transform(list_sort(json_keys(x)), lambda k: json_extract(x, _sf.pointer(k))) END`,
  `_sf.flatten_list(list, x) AS CASE WHEN len(list) > 0 THEN list ELSE _sf.object_values(x) END`,
  `_sf.flatten_keys(x) AS CASE WHEN json_type(x) = 'OBJECT' THEN list_sort(json_keys(x)) END`,
  `_sf.or_one(list) AS CASE WHEN len(list) > 0 THEN list ELSE [NULL] END`,
  `_sf.places(list, keep, keyed) AS CASE WHEN keyed THEN NULL WHEN len(list) > 0 THEN range(len(list)) WHEN keep THEN [NULL] END`,
  String.raw`_sf.step(k) AS CASE WHEN regexp_full_match(k, '[A-Za-z_][A-Za-z0-9_$]*') THEN k ELSE '[''' || k || ''']' END`,
  `_sf.flatten_path(start, k, i) AS CASE WHEN k IS NOT NULL THEN start || CASE WHEN start = '' OR _sf.step(k)[1] = '[' THEN '' ELSE '.' END || _sf.step(k) WHEN i IS NOT NULL THEN start || '[' || i || ']' WHEN start <> '' THEN start ELSE '' END`,
  `_sf.tree_path(start, fullkey) AS CASE WHEN start = '' THEN ltrim(substring(fullkey, 2), '.') ELSE start || substring(fullkey, 2) END`,
  // Hashes.
  `_sf.number_key(x) AS '#' || CASE WHEN contains(CAST(x AS VARCHAR), 'e') OR NOT contains(CAST(x AS VARCHAR), '.') THEN CASE WHEN abs(x) < 1e38 AND x = floor(x) THEN CAST(CAST(x AS DECIMAL(38,0)) AS VARCHAR) ELSE CAST(x AS VARCHAR) END ELSE rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.') END`,
  `_sf.signed64(h) AS CAST(CAST(h AS HUGEINT) - 9223372036854775808 AS BIGINT)`,
  `_sf.wrap64(n) AS CAST(((CAST(n AS HUGEINT) + 9223372036854775808) % 18446744073709551616 + 18446744073709551616) % 18446744073709551616 - 9223372036854775808 AS BIGINT)`,
  `_sf.random64() AS CAST(floor(random() * 18446744073709551616) - 9223372036854775808 AS HUGEINT)`,
  `_sf.is_number(x) AS json_type(x) IN ${NUMBERS}`,
];
