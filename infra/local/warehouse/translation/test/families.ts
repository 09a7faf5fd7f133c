import { CASTS } from './cases/casts.ts';
import { CONDITIONALS } from './cases/conditionals.ts';
import { DATES } from './cases/dates.ts';
import { NUMBERS } from './cases/numbers.ts';
import { SEMI_STRUCTURED } from './cases/semi-structured.ts';
import { STRINGS } from './cases/strings.ts';
import type { Expression } from './expression.ts';

/** The families of SQL that are held to Snowflake's documented results, each with its cases. */
export const FAMILIES: Readonly<Record<string, readonly Expression[]>> = {
  conditional: CONDITIONALS,
  'casts and conversions': CASTS,
  strings: STRINGS,
  numbers: NUMBERS,
  'dates and times': DATES,
  'semi-structured': SEMI_STRUCTURED,
};
