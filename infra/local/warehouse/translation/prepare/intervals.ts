import { unsupported } from '../failures.ts';
import { closing, isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';
import { MARK } from './functions.ts';

const UNITS = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] as const;
const WORDS = UNITS.flatMap((unit) => [unit, `${unit}S`]);

/** `INTERVAL '1 day'` becomes a call, since the parser takes what follows the literal for a part of the interval. */
export const rewriteIntervals = (edits: Edits, string: (value: string) => string): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    const literal = tokens[i + 1];
    if (!isWord(token, 'INTERVAL') || literal?.kind !== 'string') return;
    const { units, last } = /[a-z]/i.test(literal.value) ? { units: [], last: i + 1 } : qualifier(i + 2);
    const value = units.length > 0 ? spelled(literal.value, units) : literal.value;
    edits.replace(i, `${MARK}INTERVAL('${string(value)}')`, last);
  });

  /** The units of `DAY TO SECOND`, with their precisions left out. */
  function qualifier(at: number): { units: string[]; last: number } {
    const first = unitAt(at);
    if (first === undefined) return { units: [], last: at - 1 };
    const end = precision(at);
    const second = isWord(tokens[end + 1], 'TO') ? unitAt(end + 2) : undefined;
    return second === undefined
      ? { units: [first], last: end }
      : { units: [...UNITS].slice(UNITS.indexOf(first), UNITS.indexOf(second) + 1), last: precision(end + 2) };
  }

  function unitAt(at: number): (typeof UNITS)[number] | undefined {
    return isWord(tokens[at], ...WORDS) ? UNITS.find((unit) => tokens[at]!.value.startsWith(unit)) : undefined;
  }

  function precision(at: number): number {
    return isOperator(tokens[at + 1], '(') ? closing(tokens, at + 1) : at;
  }
};

/** `-1-02` of YEAR TO MONTH as `-1 year, -2 month`; days are counted in hours, which make a TIMESTAMP of a DATE. */
const spelled = (value: string, units: readonly string[]): string => {
  const [, sign = '', numbers = ''] = /^\s*([+-]?)\s*([\d\s:.-]+?)\s*$/.exec(value) ?? [];
  const parts = numbers.split(/[\s:-]+/);
  if (parts.length !== units.length || parts.some((part) => part === ''))
    throw unsupported(`INTERVAL '${value}' ${units.join(' TO ')}`);
  return parts.map((part, i) => `${sign}${counted(part, units[i]!)}`).join(', ');
};

const counted = (part: string, unit: string): string => {
  if (unit === 'DAY') return `${Number(part) * 24} hour`;
  if (unit === 'SECOND' && part.includes('.')) return `${Math.round(Number(part) * 1e6)} microsecond`;
  return `${Number(part)} ${unit.toLowerCase()}`;
};
