/** Macros for text where DuckDB's functions differ from Snowflake's. */
export const STRING_MACROS: readonly string[] = [
  `_sf.fit(x, n) AS CASE WHEN length(x) > n THEN error('String ''' || x || ''' is too long and would be truncated') ELSE x END`,
  `_sf.fit_bytes(x, n) AS CASE WHEN octet_length(x) > n THEN error('String ''' || hex(x) || ''' is too long and would be truncated') ELSE x END`,
  // Where a byte stands among the digits, counted from either end.
  `_sf.byte_place(s) AS CASE WHEN s > 0 THEN 2 * s - 1 ELSE 2 * s END`,
  `_sf.byte_position(needle, x, start) AS coalesce(list_filter(range(CAST(start AS BIGINT), CAST(length(x) // 2 - length(needle) // 2 + 2 AS BIGINT)), lambda i: starts_with(x[2 * i - 1:], needle))[1], CASE WHEN needle IS NOT NULL AND x IS NOT NULL THEN 0 END)`,
  `_sf.reversed_bytes(x) AS CASE WHEN x IS NOT NULL THEN array_to_string(list_reverse(regexp_extract_all(x, '..')), '') END`,
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
  // Where the nth match begins or ends: what lies before it are the pieces between the matches and the matches themselves.
  `_sf.text_before(pieces, matches, n) AS list_sum(list_transform(pieces[:n], lambda p: length(p))) + coalesce(list_sum(list_transform(matches[:n - 1], lambda m: length(m))), 0)`,
  `_sf.place(pieces, matches, start, n, past) AS CASE WHEN matches IS NULL THEN NULL WHEN len(matches) < n THEN 0
     ELSE start + _sf.text_before(pieces, matches, n) + CASE WHEN past = 1 THEN length(matches[n]) ELSE 0 END END`,
  `_sf.regexp_instr(x, pattern, start, n, past) AS _sf.place(regexp_split_to_array(substring(x, start), pattern), regexp_extract_all(substring(x, start), pattern), start, n, past)`,
  // An apostrophe parts no words.
  String.raw`_sf.initcap(x) AS array_to_string(list_transform(regexp_extract_all(x, '[\s!?@"^#$&~_,.:;+*%/|\\\[\](){}<>-]+|[^\s!?@"^#$&~_,.:;+*%/|\\\[\](){}<>-]+'), lambda w: upper(left(w, 1)) || lower(substring(w, 2))), '')`,
  `_sf.initcap_by(x, delimiters) AS CASE WHEN delimiters = '' THEN upper(left(x, 1)) || lower(substring(x, 2)) ELSE
     array_to_string(list_transform(range(1, length(x) + 1), lambda i: CASE WHEN contains(delimiters, substring(x, i, 1)) THEN substring(x, i, 1) WHEN i = 1 OR contains(delimiters, substring(x, i - 1, 1)) THEN upper(substring(x, i, 1)) ELSE lower(substring(x, i, 1)) END), '') END`,
  `_sf.chr(n) AS CASE WHEN n < 0 OR n > 1114111 OR n BETWEEN 55296 AND 57343 THEN error('Invalid character code ' || n || ' in the CHR input') ELSE chr(CAST(n AS INTEGER)) END`,
  // DuckDB compares bytes: characters of several bytes stand for one control character each, the same in both texts.
  `_sf.wide_letters(a, b) AS array_to_string(list_distinct(regexp_extract_all(a || b, '[^\\x01-\\x7F]')), '')`,
  String.raw`_sf.narrow(x, letters) AS CASE WHEN length(letters) > 26 THEN error('Unsupported feature ''comparison of texts with more than 26 different letters beyond ASCII''') ELSE translate(x, letters, left(array_to_string(list_transform(range(1, 9) || range(14, 32), lambda i: chr(CAST(i AS INTEGER))), ''), length(letters))) END`,
  `_sf.distance(a, b) AS levenshtein(_sf.narrow(a, _sf.wide_letters(a, b)), _sf.narrow(b, _sf.wide_letters(a, b)))`,
  `_sf.jaro_winkler(a, b) AS CAST(trunc(100 * jaro_winkler_similarity(_sf.narrow(a, _sf.wide_letters(a, b)), _sf.narrow(b, _sf.wide_letters(a, b)))) AS BIGINT)`,
  // Vowels part equal codes, H and W don't.
  `_sf.letters(x) AS upper(regexp_replace(x, '[^A-Za-z]', '', 'g'))`,
  `_sf.sound_codes(x) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(translate(left(x, 1) || translate(substring(x, 2), 'HW', ''), 'BFPVCGJKQSXZDTLMNRAEIOUYHW', '11112222222233455600000000'), '1+', '1', 'g'), '2+', '2', 'g'), '3+', '3', 'g'), '4+', '4', 'g'), '5+', '5', 'g'), '6+', '6', 'g')`,
  `_sf.soundex(x) AS CASE WHEN _sf.letters(x) = '' THEN '' ELSE left(_sf.letters(x), 1) || left(replace(substring(_sf.sound_codes(_sf.letters(x)), 2), '0', '') || '000', 3) END`,
  `_sf.search_words(x, delimiters) AS list_filter(regexp_split_to_array(lower(x), delimiters), lambda w: w <> '')`,
  `_sf.unicode_words(x) AS CAST(json_extract_string(CAST(sf_unicode_words(x) AS JSON), '$[*]') AS VARCHAR[])`,
  // The code of the first letter does not swallow that of the second.
  `_sf.soundex_p123(x) AS CASE WHEN _sf.letters(x) = '' THEN '' ELSE left(_sf.letters(x), 1) || left(replace(_sf.sound_codes(substring(_sf.letters(x), 2)), '0', '') || '000', 3) END`,
  `_sf.broken_lines(x, n) AS CASE WHEN n > 0 THEN rtrim(regexp_replace(x, '(.{' || n || '})', '\\1' || chr(10), 'g'), chr(10)) ELSE x END`,
  `_sf.uuid_digest(space, name) AS sha1(unhex(replace(space, '-', '')) || encode(name))`,
  `_sf.uuid_of(digest) AS substring(digest, 1, 8) || '-' || substring(digest, 9, 4) || '-5' || substring(digest, 14, 3) || '-' || substring('89ab', CAST(CAST('0x' || substring(digest, 17, 1) AS INTEGER) % 4 + 1 AS INTEGER), 1) || substring(digest, 18, 3) || '-' || substring(digest, 21, 12)`,
  `_sf.query_id(ids, n) AS CASE WHEN n < 0 THEN ids[-n] ELSE ids[len(ids) - n + 1] END`,
];
