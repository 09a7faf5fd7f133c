const DATE_SHAPE = String.raw`'^\s*\d{4}-\d{1,2}-\d{1,2}'`;
const EPOCH_SHAPE = String.raw`'-?\d+'`;
const OFFSET = String.raw`'(:\d\d(?:\.\d+)?(?: [AaPp][Mm])?)\s*(Z|z|UTC|[+-]\d\d(?::?\d\d)?)\s*$'`;
/** An offset before the year, as in `Mon Jul 08 18:09:51 +0000 2013`. */
const INNER_OFFSET = String.raw`'^(\s*\w{3} \w{3} \d{1,2} [\d:.]+) ([+-]\d\d:?\d\d)( \d{4}\s*)$'`;

const failing = (kind: string, macro: string): string =>
  `_sf.${macro}(x) AS coalesce(_sf.try_${macro}(x), error('${kind} ''' || x || ''' is not recognized'))`;

/** Macros for dates and timestamps: reading them from text as Snowflake's AUTO format does, and printing them. */
export const DATE_MACROS: readonly string[] = [
  // DuckDB takes the words infinity and epoch for times, whatever the format; every time that Snowflake reads has a digit.
  `_sf.parsed(x, format) AS CASE WHEN regexp_matches(x, '[0-9]') THEN try_strptime(trim(x), format) END`,
  // Times have no more digits than microseconds: what would be lost is refused.
  `_sf.whole_micros(n) AS CASE WHEN n % 1000 <> 0 THEN error('Unsupported feature ''nanoseconds''') ELSE n // 1000 END`,
  `_sf.micros_text(x) AS CASE WHEN length(x) > 26 AND regexp_matches(x, ':\\d\\d\\.\\d{6}0*[1-9]') THEN error('Unsupported feature ''nanoseconds''') ELSE x END`,
  `_sf.epoch_text(n) AS CAST(sf_read_time(CAST(n AS VARCHAR)) AS TIMESTAMP)`,
  `_sf.epoch(n) AS make_timestamp(CAST(CAST(n AS DECIMAL(38,6)) * 1000000 AS BIGINT))`,
  `_sf.scaled_epoch(n, units) AS CASE WHEN units = 1000000000 AND n % 1000 <> 0 THEN error('Unsupported feature ''nanoseconds''') ELSE make_timestamp(CAST(CAST(n AS DECIMAL(38,6)) * CAST(1000000 AS DECIMAL(7,0)) / units AS BIGINT)) END`,
  // The microseconds of a time in whole units.
  `_sf.cut(micros, unit) AS micros - ((micros % unit) + unit) % unit`,
  `_sf.ntz_cut(t, unit) AS make_timestamp(_sf.cut(epoch_us(t), unit))`,
  `_sf.ltz_cut(t, unit) AS make_timestamp(_sf.cut(epoch_us(t), unit)) AT TIME ZONE 'UTC'`,
  `_sf.tz_cut(z, unit) AS {'utc': _sf.ntz_cut(z.utc, unit), 'off': z.off}`,
  `_sf.time_cut(t, unit) AS CAST(_sf.ntz_cut(TIMESTAMP '1970-01-01' + to_microseconds(epoch_us(t)), unit) AS TIME)`,
  `_sf.instant(t) AS t AT TIME ZONE 'UTC'`,
  `_sf.try_text_ntz(x) AS TRY_CAST(CASE WHEN regexp_matches(x, ${DATE_SHAPE})
     THEN regexp_replace(regexp_replace(_sf.micros_text(x), ${OFFSET}, '\\1'), '[ T](\\d\\d)\\s*$', ' \\1:00') ELSE sf_read_time(x) END AS TIMESTAMP)`,
  failing('Timestamp', 'text_ntz'),
  `_sf.try_text_date(x) AS CAST(_sf.try_text_ntz(x) AS DATE)`,
  failing('Date', 'text_date'),
  `_sf.text_offset(x) AS CAST(CASE WHEN x IN ('Z', 'z', 'UTC') THEN 0 ELSE
     (CASE WHEN x[1] = '-' THEN -1 ELSE 1 END) * (CAST(x[2:3] AS INTEGER) * 60 + CAST('0' || replace(x[4:], ':', '') AS INTEGER)) END AS INTEGER)`,
  `_sf.text_zone(x) AS CASE WHEN regexp_matches(x, ${OFFSET}) THEN regexp_extract(x, ${OFFSET}, 2)
     WHEN regexp_matches(x, ${INNER_OFFSET}) THEN regexp_extract(x, ${INNER_OFFSET}, 2) END`,
  // Where no zone is written, a count is of UTC, and a clock that of the session.
  `_sf.try_text_ltz(x) AS list_transform([{'t': _sf.try_text_ntz(x), 'zone': CASE WHEN regexp_full_match(trim(x), ${EPOCH_SHAPE}) THEN 'Z' ELSE _sf.text_zone(x) END}],
     lambda s: CASE WHEN s.zone IS NULL THEN CAST(s.t AS TIMESTAMPTZ) ELSE (s.t - to_minutes(_sf.text_offset(s.zone))) AT TIME ZONE 'UTC' END)[1]`,
  failing('Timestamp', 'text_ltz'),
  `_sf.try_text_time(x) AS CASE WHEN regexp_full_match(trim(x), '\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([+-]\\d\\d:?\\d\\d)?') THEN TRY_CAST(regexp_replace(trim(x), '[+-].*$', '') AS TIME)
     WHEN regexp_matches(x, ${DATE_SHAPE}) OR regexp_full_match(trim(x), ${EPOCH_SHAPE}) THEN CAST(_sf.try_text_ntz(x) AS TIME)
     ELSE CAST(_sf.parsed(x, ['%I:%M:%S %p', '%I:%M %p', '%I:%M:%S.%n %p']) AS TIME) END`,
  failing('Time', 'text_time'),
  `_sf.offset_minutes(t) AS CAST(date_diff('minute', t AT TIME ZONE 'UTC', CAST(t AS TIMESTAMP)) AS INTEGER)`,
  `_sf.offset_text(minutes) AS (CASE WHEN minutes < 0 THEN '-' ELSE '+' END) || lpad(CAST(abs(minutes) // 60 AS VARCHAR), 2, '0') || lpad(CAST(abs(minutes) % 60 AS VARCHAR), 2, '0')`,
  `_sf.ltz_text(t) AS strftime(CAST(t AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g') || ' ' || _sf.offset_text(_sf.offset_minutes(t))`,
  // A TIMESTAMP_TZ is its instant in UTC with its offset in minutes.
  `_sf.ltz_tz(t) AS {'utc': t AT TIME ZONE 'UTC', 'off': _sf.offset_minutes(t)}`,
  `_sf.tz_local(z) AS z.utc + to_minutes(z.off)`,
  `_sf.tz_instant(z) AS z.utc AT TIME ZONE 'UTC'`,
  `_sf.tz_text(z) AS strftime(_sf.tz_local(z), '%Y-%m-%d %H:%M:%S.%g') || ' ' || _sf.offset_text(z.off)`,
  `_sf.try_text_tz(x) AS list_transform([{'t': _sf.try_text_ntz(x), 'zone': _sf.text_zone(x)}], lambda s: CASE WHEN s.t IS NULL THEN NULL
     WHEN s.zone IS NULL THEN _sf.ltz_tz(CAST(s.t AS TIMESTAMPTZ)) ELSE {'utc': s.t - to_minutes(_sf.text_offset(s.zone)), 'off': _sf.text_offset(s.zone)} END)[1]`,
  failing('Timestamp', 'text_tz'),
  `_sf.offset_text_colon(minutes) AS left(_sf.offset_text(minutes), 3) || ':' || right(_sf.offset_text(minutes), 2)`,
  `_sf.tz_trunc(z, part) AS {'utc': date_trunc(part, _sf.tz_local(z)) - to_minutes(z.off), 'off': z.off}`,
  `_sf.tz_add(z, i) AS {'utc': _sf.tz_local(z) + i - to_minutes(z.off), 'off': z.off}`,
  `_sf.instant_tz(t, zone) AS {'utc': t AT TIME ZONE 'UTC', 'off': CAST(date_diff('minute', t AT TIME ZONE 'UTC', t AT TIME ZONE zone) AS INTEGER)}`,
  // DuckDB begins in 1900 where no year is read, and counts two digits from 1969 on.
  `_sf.from_1970(t) AS t + INTERVAL 70 YEAR`,
  `_sf.century(t) AS CASE WHEN year(t) = 1969 THEN t + INTERVAL 100 YEAR ELSE t END`,
  `_sf.try_read(x, format) AS _sf.parsed(_sf.micros_text(x), format)`,
  `_sf.read(x, format, kind, model) AS CASE WHEN x IS NULL THEN NULL ELSE coalesce(_sf.parsed(_sf.micros_text(x), format), error('Can''t parse ''' || x || ''' as ' || lower(kind) || ' with format ''' || model || '''')) END`,
  // Months, days and the rest may lie outside their ranges: month 13 is January of the next year, day 0 the last of the month before.
  `_sf.from_parts(y, mo, d, h, mi, s) AS make_timestamp(CAST(y AS BIGINT), 1, 1, 0, 0, 0.0) + to_months(CAST(mo - 1 AS INTEGER)) + to_days(CAST(d - 1 AS INTEGER)) + to_hours(CAST(h AS BIGINT)) + to_minutes(CAST(mi AS BIGINT)) + to_seconds(CAST(s AS BIGINT))`,
  // The last day of a month stays the last day.
  `_sf.add_months(t, n) AS CASE WHEN CAST(t AS DATE) = last_day(t) THEN last_day(CAST(t AS DATE) + to_months(n)) + CAST(t AS TIME) ELSE t + to_months(n) END`,
  // How many days after Monday the week begins.
  `_sf.week_shift(start) AS to_days(CAST(greatest(start, 1) - 1 AS INTEGER))`,
  `_sf.week_start(t, start) AS date_trunc('week', t - _sf.week_shift(start)) + _sf.week_shift(start)`,
  // DuckDB counts weeks from the first of 1970.
  `_sf.weeks_between(a, b, start) AS date_diff('day', _sf.week_start(a, start), _sf.week_start(b, start)) // 7`,
  `_sf.day_of_week(t, start) AS CASE WHEN start = 0 THEN dayofweek(t) ELSE (isodow(t) - start + 7) % 7 + 1 END`,
  // The fourth day of a week decides its year, unless 1 January always lies in the first one.
  `_sf.week_middle(t, start) AS _sf.week_start(t, start) + to_days(3)`,
  `_sf.week_of_year(t, start, policy) AS CASE WHEN policy = 1 THEN _sf.weeks_between(date_trunc('year', t), t, start) + 1 ELSE (dayofyear(_sf.week_middle(t, start)) - 1) // 7 + 1 END`,
  `_sf.year_of_week(t, start, policy) AS CASE WHEN policy = 1 THEN year(t) ELSE year(_sf.week_middle(t, start)) END`,
  `_sf.slice_origin(start) AS _sf.week_start(TIMESTAMP '1970-01-01', start)`,
  `_sf.tz_week_start(z, start) AS {'utc': _sf.week_start(_sf.tz_local(z), start) - to_minutes(z.off), 'off': z.off}`,
  `_sf.months_between(a, b) AS CASE WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b)) THEN CAST((year(a) - year(b)) * 12 + month(a) - month(b) AS DOUBLE)
     ELSE round((year(a) - year(b)) * 12 + month(a) - month(b) + (day(a) - day(b) + (epoch(CAST(a AS TIME)) - epoch(CAST(b AS TIME))) / 86400) / 31, 6) END`,
  `_sf.day_number(name) AS CASE lower(left(trim(name), 2)) WHEN 'mo' THEN 1 WHEN 'tu' THEN 2 WHEN 'we' THEN 3 WHEN 'th' THEN 4 WHEN 'fr' THEN 5 WHEN 'sa' THEN 6 WHEN 'su' THEN 7 ELSE error('Invalid day of week: ' || name) END`,
  `_sf.next_day(d, name) AS d + CAST((_sf.day_number(name) - isodow(d) + 6) % 7 + 1 AS INTEGER)`,
  `_sf.previous_day(d, name) AS d - CAST((isodow(d) - _sf.day_number(name) + 6) % 7 + 1 AS INTEGER)`,
];
