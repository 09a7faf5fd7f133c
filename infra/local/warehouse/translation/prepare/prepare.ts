import type { Names } from '../../contract.ts';
import type { Token } from '../../sql/token.ts';
import type { Type } from '../types.ts';
import { Edits } from './edits.ts';
import { markFunctions } from './functions.ts';
import { rewriteIntervals } from './intervals.ts';
import { rewriteLambdas } from './lambdas.ts';
import { rewritePaths } from './paths.ts';
import { markSelects } from './selects.ts';
import {
  nameSubqueries,
  rewriteBraces,
  rewriteBytes,
  rewriteOuterJoins,
  rewritePluses,
  rewriteRoots,
  rewriteStarPatterns,
} from './shapes.ts';
import { rewriteSpreads } from './spreads.ts';
import { readTypes } from './types.ts';
import { replaceValues } from './values.ts';
import { markWords } from './words.ts';

/** A statement as the parser gets it, with what was taken out of its text. */
export interface Prepared {
  readonly text: string;
  /** What the literals `'~n'` stand for. */
  readonly strings: readonly string[];
  /** What the types `SF__Tn` stand for. */
  readonly types: readonly Type[];
  /** What the functions `SF__Rn` stand for. */
  readonly routines: readonly (readonly string[])[];
  /** The select lists' items as written, by the number in their mark `'#n'`. */
  readonly items: readonly (readonly string[])[];
  /** Where the last token ends in the original text. */
  readonly lastEnd: number;
  /** The token of the statement that an offset of `text` came from. */
  tokenAt(offset: number): Token;
}

/** Rewrites what the parser cannot read, or would read with loss; `sql` is the text that the tokens' places refer to, `prefix` what the parser needs in front. */
export const prepare = (tokens: readonly Token[], sql: string, names: Names, prefix = ''): Prepared => {
  const edits = new Edits(tokens);
  const strings: string[] = [];
  const string = (value: string): string => `~${strings.push(value) - 1}`;

  const types = readTypes(edits);
  rewriteSpreads(edits);
  rewriteLambdas(edits, types);
  rewriteStarPatterns(edits, string);
  rewriteIntervals(edits, string);
  rewriteRoots(edits);
  rewriteOuterJoins(edits);
  rewriteBytes(edits, string);
  rewriteBraces(edits);
  rewritePluses(edits);
  rewritePaths(edits, string);
  const routines = markFunctions(edits, names);
  const items = markSelects(edits, (first, last) => sql.slice(tokens[first]!.start, tokens[last]!.end));
  nameSubqueries(edits);
  markWords(edits);
  replaceValues(edits, names, string);
  return { ...edits.render(prefix), strings, types, routines, items, lastEnd: tokens.at(-2)?.end ?? 0 };
};
