import { AGGREGATES } from './cases/aggregates.ts';
import { ARRAYS } from './cases/arrays.ts';
import { CASTS } from './cases/casts.ts';
import { COLLATIONS } from './cases/collations.ts';
import { CONDITIONALS } from './cases/conditionals.ts';
import { DATE_PARTS } from './cases/date-parts.ts';
import { DATES } from './cases/dates.ts';
import { DML } from './cases/dml.ts';
import { ENCODINGS } from './cases/encodings.ts';
import { FLATTEN } from './cases/flatten.ts';
import { FORMATS } from './cases/formats.ts';
import { JOINS_AND_SETS } from './cases/joins-and-sets.ts';
import { LAMBDAS } from './cases/lambdas.ts';
import { NUMBERS } from './cases/numbers.ts';
import { PATTERNS } from './cases/patterns.ts';
import { QUERIES } from './cases/queries.ts';
import { ROUNDING } from './cases/rounding.ts';
import { SEMI_STRUCTURED } from './cases/semi-structured.ts';
import { SKETCHES } from './cases/sketches.ts';
import { STRINGS } from './cases/strings.ts';
import { WINDOWS } from './cases/windows.ts';
import type { Expression } from './expression.ts';

/** The families of SQL that are held to Snowflake's documented results, each with its cases. */
export const FAMILIES: Readonly<Record<string, readonly Expression[]>> = {
  conditional: CONDITIONALS,
  'casts and comparisons': CASTS,
  'conversions with formats': FORMATS,
  strings: STRINGS,
  collations: COLLATIONS,
  'patterns and regular expressions': PATTERNS,
  'digests and encodings': ENCODINGS,
  numbers: NUMBERS,
  rounding: ROUNDING,
  'dates and times': DATES,
  'parts of dates': DATE_PARTS,
  'semi-structured': SEMI_STRUCTURED,
  arrays: ARRAYS,
  'functions of higher order': LAMBDAS,
  'FLATTEN and collecting': FLATTEN,
  aggregates: AGGREGATES,
  'sets that are counted': SKETCHES,
  windows: WINDOWS,
  'query constructs': QUERIES,
  'joins, set operators, common tables': JOINS_AND_SETS,
  'changing rows': DML,
};
