import { ARRAY_MACROS } from './macros/arrays.ts';
import { DATE_MACROS } from './macros/dates.ts';
import { FORMAT_MACROS, OUTPUT_MACROS } from './macros/formats.ts';
import { JSON_MACROS } from './macros/json.ts';
import { NUMBER_MACROS } from './macros/numbers.ts';
import { STRING_MACROS } from './macros/strings.ts';

/** DuckDB statements, to be run once in order, that define what translated statements call. */
export const MACROS: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS _sf',
  ...[
    ...NUMBER_MACROS,
    ...DATE_MACROS,
    ...JSON_MACROS,
    ...ARRAY_MACROS,
    ...STRING_MACROS,
    ...FORMAT_MACROS,
    ...OUTPUT_MACROS,
  ].map((macro) => `CREATE OR REPLACE MACRO ${macro}`),
];
