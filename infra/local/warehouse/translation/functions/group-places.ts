import type { Call } from '../call.ts';
import { unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';

/** Where in a pattern its groups open, outside of other groups; undefined where alternatives or nesting make it unclear. */
const openings = (pattern: string): number[] | undefined => {
  const found: number[] = [];
  let depth = 0;
  let inClass = false;
  for (let i = 0; i < pattern.length; i += 1) {
    const here = pattern[i];
    if (here === '\\') i += 1;
    else if (inClass) inClass = here !== ']';
    else if (here === '[') inClass = true;
    else if (here === '(') {
      if (depth > 0 || pattern[i + 1] === '?') return undefined;
      found.push(i);
      depth += 1;
    } else if (here === ')') depth -= 1;
    else if (here === '|' && depth === 0) return undefined;
  }
  return found;
};

/** The length of what a match has before one of its groups: the pattern before the group becomes a group of its own. */
export const lengthBeforeGroup = (call: Call, match: string, inline: string, group: number): string | undefined => {
  const pattern = call.literal(1);
  const opened = pattern === undefined ? undefined : openings(pattern);
  if (!opened || pattern === undefined) throw unsupported(`${call.name} of a group in this pattern`);
  const at = opened[group - 1];
  if (at === undefined) return undefined;
  const head = pattern.slice(0, at).replaceAll(/(?<!\\)\((?!\?)/g, '(?:');
  const flags = inline ? `(?${inline})` : '';
  return `length(regexp_extract(${match}, ${quoteString(`${flags}(${head})${pattern.slice(at)}`)}, 1))`;
};
