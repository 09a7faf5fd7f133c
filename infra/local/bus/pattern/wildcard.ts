import { member } from '../json/node.ts';
import type { JsonNode } from '../json/node.ts';
import { InvalidPattern, refuse, refuseEnd } from './invalid-pattern.ts';
import { utf8 } from './leaf.ts';
import { isTooComplex } from './wildcard-complexity.ts';

/** The literal runs between the stars: `a*b` has two, `*` has two empty ones. */
type Runs = readonly string[];

const TOO_COMPLEX =
  'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

const bytesBefore = (text: string, index: number): number => Buffer.byteLength(text.slice(0, index)) + 1;

const runsOf = (node: JsonNode & { kind: 'string' }): Runs => {
  const text = utf8(node.value);
  const runs = [''];
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]!;
    const following = text[i + 1];
    if (character === '*' && following === '*') {
      return refuseEnd(node, `Consecutive wildcard characters at pos ${bytesBefore(text, i)}`);
    }
    if (character === '*') {
      runs.push('');
    } else if (character === '\\') {
      if (following !== '*' && following !== '\\') {
        return refuseEnd(node, `Invalid escape character at pos ${bytesBefore(text, i)}`);
      }
      runs.push(runs.pop()! + following);
      i += 1;
    } else {
      runs.push(runs.pop()! + character);
    }
  }
  return runs;
};

/** Reads a wildcard expression: `*` is any run of characters, `\*` and `\\` are the characters themselves. */
export const wildcard = (node: JsonNode): ((text: string) => boolean) => {
  if (node.kind !== 'string') return refuse(node, 'wildcard match pattern must be a string');
  const runs = runsOf(node);
  if (isTooComplex([runs])) throw new InvalidPattern(TOO_COMPLEX);
  return (text) => matches(text, runs);
};

/** Refuses a list whose wildcard expressions are too much together, though each of them might do. */
export const limitWildcards = (list: readonly JsonNode[]): void => {
  const values = list
    .map((item) => (item.kind === 'object' ? member(item, 'wildcard') : undefined))
    .filter((value) => value?.kind === 'string');
  const different = [...new Map(values.map((value) => [value.value, value])).values()];
  if (different.length > 1 && isTooComplex(different.map(runsOf))) throw new InvalidPattern(TOO_COMPLEX);
};

const matches = (text: string, runs: Runs): boolean => {
  const first = runs[0]!;
  const last = runs.at(-1)!;
  if (runs.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const run of runs.slice(1, -1)) {
    const found = text.indexOf(run, at);
    if (found < 0) return false;
    at = found + run.length;
  }
  return at <= text.length - last.length;
};
