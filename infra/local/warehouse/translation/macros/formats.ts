/** Macros for numbers printed by a format: digits are laid out by the pattern of the integer part, `9` and `0` with commas between. */
export const FORMAT_MACROS: readonly string[] = [
  `_sf.whole_digits(x) AS CASE WHEN abs(x) < 1 THEN '' ELSE split_part(CAST(abs(x) AS VARCHAR), '.', 1) END`,
  // The text of the digits, then of the pattern's positions from right to left: a comma stands only between digits.
  `_sf.grouped(digits, pattern) AS ltrim(array_to_string(list_transform(range(1, length(pattern) + 1), lambda i:
     CASE WHEN substring(pattern, i, 1) = ',' THEN CASE WHEN length(digits) > length(replace(substring(pattern, i), ',', '')) THEN ',' ELSE ' ' END
     ELSE coalesce(nullif(substring(lpad(digits, CAST(length(replace(pattern, ',', '')) AS INTEGER), ' '), i - length(substring(pattern, 1, i)) + length(replace(substring(pattern, 1, i), ',', '')), 1), ''), ' ') END), ''), ' ')`,
  `_sf.fraction_digits(x, places, kept) AS CASE WHEN places = 0 THEN '' ELSE
     '.' || left(split_part(CAST(abs(x) AS VARCHAR), '.', 2), kept) || rpad(rtrim(substring(split_part(CAST(abs(x) AS VARCHAR), '.', 2), kept + 1), '0'), CAST(places - kept AS INTEGER), ' ') END`,
  `_sf.body(x, places, pattern, least, kept) AS CASE WHEN length(_sf.whole_digits(x)) > length(replace(pattern, ',', ''))
     THEN regexp_replace(pattern, '[09]', '#', 'g') || CASE WHEN places = 0 THEN '' ELSE '.' || repeat('#', places) END
     ELSE _sf.grouped(CASE WHEN length(_sf.whole_digits(x)) < least THEN lpad(_sf.whole_digits(x), CAST(least AS INTEGER), '0') ELSE _sf.whole_digits(x) END, pattern) || _sf.fraction_digits(x, places, kept) END`,
  `_sf.fill(body, width, before, after, compact) AS CASE WHEN compact THEN replace(before || body || after, ' ', '') ELSE before || lpad(body, CAST(greatest(width, length(body)) AS INTEGER), ' ') || after END`,
  `_sf.number_format(x, places, pattern, least, kept, dollar, sign, compact) AS CASE WHEN x IS NULL THEN NULL ELSE
     _sf.fill(CASE sign WHEN 'S' THEN CASE WHEN x < 0 THEN '-' ELSE '+' END WHEN 'floating' THEN CASE WHEN x < 0 THEN '-' ELSE '' END ELSE '' END || dollar || _sf.body(x, places, pattern, least, kept),
       CASE WHEN sign IN ('S', 'floating') THEN 1 ELSE 0 END + length(dollar) + length(pattern) + CASE WHEN places = 0 THEN 0 ELSE places + 1 END,
       CASE WHEN sign = 'MI' THEN CASE WHEN x < 0 THEN '-' ELSE ' ' END ELSE '' END,
       CASE sign WHEN 'trailing S' THEN CASE WHEN x < 0 THEN '-' ELSE '+' END WHEN 'trailing MI' THEN CASE WHEN x < 0 THEN '-' ELSE ' ' END ELSE '' END, compact) END`,
  `_sf.signed_first(x) AS regexp_replace(x, '^(.*)([+-])$', '\\2\\1')`,
  `_sf.number_read(x, pattern, format) AS CASE WHEN x IS NULL THEN NULL WHEN regexp_full_match(x, pattern) AND regexp_matches(x, '\\d') THEN _sf.signed_first(regexp_replace(x, '[\\s,$]', '', 'g'))
     ELSE error('Can''t parse ''' || x || ''' as number with format ''' || format || '''') END`,
  `_sf.try_number_read(x, pattern) AS CASE WHEN regexp_full_match(x, pattern) AND regexp_matches(x, '\\d') THEN _sf.signed_first(regexp_replace(x, '[\\s,$]', '', 'g')) END`,
];

/** How values are printed by default; a session whose output formats differ has macros of its own by these names. */
export const OUTPUT_MACROS: readonly string[] = [
  `sf_date_text(x) AS CAST(x AS VARCHAR)`,
  `sf_time_text(x) AS strftime(DATE '2000-01-01' + x, '%H:%M:%S')`,
  `sf_ntz_text(x) AS strftime(x, '%Y-%m-%d %H:%M:%S.%g')`,
  `sf_ltz_text(x) AS _sf.ltz_text(x)`,
  `sf_tz_text(x) AS _sf.tz_text(x)`,
  `sf_binary_text(x) AS hex(x)`,
];
