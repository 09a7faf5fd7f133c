import type { FunctionRules } from '../call.ts';
import { AGGREGATES } from './aggregates.ts';
import { CONDITIONALS } from './conditionals.ts';
import { CONTEXT } from './context.ts';
import { CONVERSIONS } from './conversions.ts';
import { DATES } from './dates.ts';
import { GENERATION } from './generation.ts';
import { NUMBERS } from './numbers.ts';
import { REFUSED_FUNCTIONS } from './refused.ts';
import { SEMI_STRUCTURED } from './semi-structured.ts';
import { STRINGS } from './strings.ts';
import { WINDOWS } from './windows.ts';

/** Every function that translation knows; any other is a user's, or unknown. */
export const FUNCTIONS: FunctionRules = {
  ...REFUSED_FUNCTIONS,
  ...AGGREGATES,
  ...CONDITIONALS,
  ...CONTEXT,
  ...CONVERSIONS,
  ...DATES,
  ...GENERATION,
  ...NUMBERS,
  ...SEMI_STRUCTURED,
  ...STRINGS,
  ...WINDOWS,
};
