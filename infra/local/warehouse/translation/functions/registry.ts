import type { FunctionRules } from '../call.ts';
import { AGGREGATES } from './aggregates.ts';
import { APPROXIMATIONS } from './approximations.ts';
import { CIPHERS } from './ciphers.ts';
import { COLLATIONS } from './collations.ts';
import { CONDITIONALS } from './conditionals.ts';
import { CONTEXT } from './context.ts';
import { CONVERSIONS } from './conversions.ts';
import { DATES } from './dates.ts';
import { GENERATION } from './generation.ts';
import { HIERARCHIES } from './hierarchies.ts';
import { LAMBDAS } from './lambdas.ts';
import { MAPS } from './maps.ts';
import { NAMES } from './names.ts';
import { NUMBERS } from './numbers.ts';
import { PARSING } from './parsing.ts';
import { REFUSED_FUNCTIONS } from './refused.ts';
import { COLUMN_DESCRIPTIONS } from './column-descriptions.ts';
import { SEARCHES } from './search.ts';
import { SEMI_STRUCTURED } from './semi-structured.ts';
import { SKETCHES } from './sketches.ts';
import { STRINGS } from './strings.ts';
import { WINDOWS } from './windows.ts';

/** Every function that translation knows; any other is a user's, or unknown. */
export const FUNCTIONS: FunctionRules = {
  ...REFUSED_FUNCTIONS,
  ...AGGREGATES,
  ...APPROXIMATIONS,
  ...CIPHERS,
  ...COLLATIONS,
  ...CONDITIONALS,
  ...CONTEXT,
  ...CONVERSIONS,
  ...DATES,
  ...GENERATION,
  ...HIERARCHIES,
  ...LAMBDAS,
  ...MAPS,
  ...NAMES,
  ...NUMBERS,
  ...PARSING,
  ...SEARCHES,
  ...COLUMN_DESCRIPTIONS,
  ...SEMI_STRUCTURED,
  ...SKETCHES,
  ...STRINGS,
  ...WINDOWS,
};
