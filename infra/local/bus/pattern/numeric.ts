import type { JsonNode } from '../json/node.ts';
import { comparableNumber } from './comparable-number.ts';
import { refuse, refuseEnd } from './invalid-pattern.ts';
import type { Test } from './leaf.ts';

type Compare = (value: number) => boolean;

const LIMITS: ReadonlyMap<string, (limit: number) => Compare> = new Map([
  ['=', (limit: number) => (value: number) => value === limit],
  ['<', (limit: number) => (value: number) => value < limit],
  ['<=', (limit: number) => (value: number) => value <= limit],
  ['>', (limit: number) => (value: number) => value > limit],
  ['>=', (limit: number) => (value: number) => value >= limit],
]);

/** The number of a pattern, which must be one that can be compared. */
export const comparableOf = (node: JsonNode & { kind: 'number' }): number =>
  comparableNumber(node.text) ?? refuse(node, `Cannot compare number : ${node.text}`);

const limitOf = (list: JsonNode, node: JsonNode | undefined, operator: string): number => {
  const name = operator === '=' ? 'equals' : operator;
  if (node === undefined) return refuseEnd(list, `Value of ${name} must be numeric`);
  return node.kind === 'number' ? comparableOf(node) : refuse(node, `Value of ${name} must be numeric`);
};

const textOf = (node: JsonNode | undefined): string => {
  if (node === undefined) return ']';
  if (node.kind === 'string') return node.value;
  return node.kind === 'object' ? '{' : node.kind === 'array' ? '[' : node.text;
};

/** Reads `["=", 5]`, `[">", 0]` or `[">", 0, "<=", 5]`; the test passes for comparable numbers only. */
export const numericTest = (node: JsonNode): Test => {
  if (node.kind !== 'array') return refuse(node, 'Value of numeric must be an array.');
  const [first, low, second, high, ...rest] = node.items;
  if (first?.kind !== 'string') return refuse(first ?? node, `Invalid member in numeric match: ${textOf(first)}`);
  const operator = first.value;
  const make = LIMITS.get(operator) ?? refuse(first, `Unrecognized numeric range operator: ${operator}`);
  const bottom = limitOf(node, low, operator);
  const compare = make(bottom);
  if (second === undefined) return numbersOnly(compare);
  if (!operator.startsWith('>')) return refuse(second, 'Too many elements in numeric expression');
  if (second.kind !== 'string') return refuse(second, `Bad value in numeric range: ${textOf(second)}`);
  const makeTop = second.value.startsWith('<') ? LIMITS.get(second.value) : undefined;
  if (makeTop === undefined) return refuseEnd(second, `Bad numeric range operator: ${second.value}`);
  const top = limitOf(node, high, second.value);
  if (rest[0] !== undefined) return refuse(rest[0], 'Too many terms in numeric range expression');
  if (bottom >= top) return refuseEnd(node, 'Bottom must be less than top');
  const below = makeTop(top);
  return numbersOnly((value) => compare(value) && below(value));
};

const numbersOnly =
  (compare: Compare): Test =>
  (leaf) => {
    const value = leaf.string ? undefined : comparableNumber(leaf.text);
    return value !== undefined && compare(value);
  };

/** Matches a number by value, or by its text when it has more digits than can be compared. */
export const numberTest = (node: JsonNode & { kind: 'number' }): Test => {
  const wanted = comparableNumber(node.text);
  return (leaf) => {
    if (leaf.string) return false;
    return leaf.text === node.text || (wanted !== undefined && comparableNumber(leaf.text) === wanted);
  };
};
