/** Macros for text where DuckDB's functions differ from Snowflake's. */
export const STRING_MACROS: readonly string[] = [
  `_sf.fit(x, n) AS CASE WHEN length(x) > n THEN error('String ''' || x || ''' is too long and would be truncated') ELSE x END`,
  `_sf.substring_from(x, s) AS CASE WHEN s < 0 AND -s > length(x) THEN '' WHEN s = 0 THEN x ELSE substring(x, s) END`,
  `_sf.substring_of(x, s, n) AS CASE WHEN n <= 0 OR (s < 0 AND -s > length(x)) THEN CASE WHEN x IS NOT NULL AND s IS NOT NULL THEN '' END WHEN s = 0 THEN substring(x, 1, n) ELSE substring(x, s, n) END`,
  `_sf.lpad(x, n, pad) AS CASE WHEN n <= 0 THEN CASE WHEN x IS NOT NULL THEN '' END WHEN length(x) >= n OR pad = '' THEN left(x, n) ELSE lpad(x, CAST(n AS INTEGER), pad) END`,
  `_sf.rpad(x, n, pad) AS CASE WHEN n <= 0 THEN CASE WHEN x IS NOT NULL THEN '' END WHEN length(x) >= n OR pad = '' THEN left(x, n) ELSE rpad(x, CAST(n AS INTEGER), pad) END`,
  `_sf.position(needle, x, start) AS CASE WHEN strpos(substring(x, start), needle) = 0 THEN 0 ELSE strpos(substring(x, start), needle) + start - 1 END`,
  `_sf.split(x, separator) AS CASE WHEN separator = '' THEN [x] ELSE string_split(x, separator) END`,
  `_sf.split_part(x, separator, n) AS CASE WHEN x IS NULL OR separator IS NULL OR n IS NULL THEN NULL
     ELSE coalesce(_sf.split(x, separator)[CASE WHEN n = 0 THEN 1 ELSE n END], '') END`,
  `_sf.tokens(x, delimiters) AS CASE WHEN delimiters = '' THEN CASE WHEN x = '' THEN [] ELSE [x] END ELSE list_filter(string_split(translate(x, delimiters, repeat(left(delimiters, 1), length(delimiters))), left(delimiters, 1)), lambda t: t <> '') END`,
  `_sf.strtok(x, delimiters, n) AS CASE WHEN n >= 1 THEN _sf.tokens(x, delimiters)[n] END`,
  `_sf.regexp_pieces(x, pattern, matches, replacement, n) AS array_to_string(list_transform(regexp_split_to_array(x, pattern), lambda piece, i:
     piece || coalesce(CASE WHEN i = n THEN regexp_replace(matches[i], pattern, replacement) ELSE matches[i] END, '')), '')`,
  `_sf.regexp_replace_nth(x, pattern, replacement, n) AS CASE WHEN len(regexp_extract_all(x, pattern)) < n THEN x ELSE _sf.regexp_pieces(x, pattern, regexp_extract_all(x, pattern), replacement, n) END`,
  `_sf.nth(list, n) AS list[n]`,
  `_sf.regexp_instr(x, pattern, start) AS CASE WHEN x IS NULL OR pattern IS NULL THEN NULL WHEN NOT regexp_matches(substring(x, start), pattern) THEN 0
     ELSE start + length(regexp_extract(substring(x, start), '(?s)^(.*?)(?:' || pattern || ')', 1)) END`,
  String.raw`_sf.initcap(x) AS array_to_string(list_transform(regexp_extract_all(x, '[\p{L}\p{N}]+|[^\p{L}\p{N}]+'), lambda w: upper(left(w, 1)) || lower(substring(w, 2))), '')`,
  `_sf.initcap_by(x, delimiters) AS CASE WHEN delimiters = '' THEN upper(left(x, 1)) || lower(substring(x, 2)) ELSE
     array_to_string(list_transform(range(1, length(x) + 1), lambda i: CASE WHEN i = 1 OR contains(delimiters, substring(x, i - 1, 1)) THEN upper(substring(x, i, 1)) ELSE lower(substring(x, i, 1)) END), '') END`,
  `_sf.sha2(x, bits) AS CASE bits WHEN 256 THEN sha256(x) ELSE error('Unsupported feature ''SHA2 with digest size ' || bits || '''') END`,
  `_sf.query_id(ids, n) AS CASE WHEN n < 0 THEN ids[-n] ELSE ids[len(ids) - n + 1] END`,
];
