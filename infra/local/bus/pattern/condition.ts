import type { JsonArray, JsonNode } from '../json/node.ts';
import { anythingButTest } from './anything-but.ts';
import { addressTest, cidrTest } from './cidr.ts';
import { comparableNumber } from './comparable-number.ts';
import { endsFolded, equalsFolded, fold, startsFolded } from './fold-case.ts';
import { refuse, refuseEnd } from './invalid-pattern.ts';
import { utf8 } from './leaf.ts';
import type { Test } from './leaf.ts';
import { numberTest, numericTest } from './numeric.ts';
import { limitWildcards, wildcard } from './wildcard.ts';

/** What a pattern asks of one path: any of the tests, or, where `absent` is set, that there is no value at all. */
export type Condition = { readonly tests: readonly Test[]; readonly absent: boolean };

type ComparesNumbers = (text: string) => boolean;
type Read = (node: JsonNode, comparesNumbers: ComparesNumbers) => Test;

const ABSENT: Test = () => false;

const onStrings =
  (matches: (text: string) => boolean): Test =>
  (leaf) =>
    leaf.string && matches(utf8(leaf.text));

const textOf = (node: JsonNode, operator: string): string =>
  node.kind === 'string' ? node.value : refuse(node, `${operator} match pattern must be a string`);

const ignoringCase = (node: JsonNode, operator: string): string => {
  if (node.kind !== 'object') return textOf(node, operator);
  const name = operator === 'prefix' ? 'Prefix' : 'Suffix';
  const [inner, second] = node.members;
  if (inner === undefined) return refuse(node, `${name} expression name not found`);
  if (inner.key !== 'equals-ignore-case') return refuse(inner.value, `Unsupported ${operator} pattern: ${inner.key}`);
  const text = textOf(inner.value, 'equals-ignore-case');
  return second === undefined ? text : refuse(second.value, 'Only one key allowed in match expression');
};

const READERS: Record<string, Read> = {
  exactly: (node) => {
    const wanted = textOf(node, 'exact');
    return (leaf) => leaf.string && leaf.text === wanted;
  },
  prefix: (node) => {
    const text = `"${ignoringCase(node, 'prefix')}`;
    if (node.kind === 'string') return onStrings((value) => `"${value}"`.startsWith(utf8(text)));
    const folded = fold(text);
    return onStrings((value) => startsFolded(`"${value}"`, folded));
  },
  suffix: (node) => {
    const text = `${ignoringCase(node, 'suffix')}"`;
    if (node.kind === 'string') return onStrings((value) => `"${value}"`.endsWith(utf8(text)));
    const folded = fold(text);
    return onStrings((value) => endsFolded(`"${value}"`, folded));
  },
  'equals-ignore-case': (node) => {
    const folded = fold(textOf(node, 'equals-ignore-case'));
    return onStrings((value) => equalsFolded(value, folded));
  },
  wildcard: (node) => onStrings(wildcard(node)),
  numeric: numericTest,
  'anything-but': anythingButTest,
  cidr: cidrTest,
  exists: (node) => {
    if (node.kind !== 'literal' || node.text === 'null') {
      return refuse(node, 'exists match pattern must be either true or false.');
    }
    return node.text === 'true' ? () => true : ABSENT;
  },
};

const SECOND_KEY: Readonly<Record<string, string>> = {
  numeric: 'Too many elements in numeric expression',
  'anything-but': 'Too many elements in numeric expression',
};

const expressionTest: Read = (node, comparesNumbers) => {
  if (node.kind !== 'object') return refuse(node, 'Match value must be String, number, true, false, or null');
  const [expression, second] = node.members;
  if (expression === undefined) return refuse(node, 'Match expression name not found');
  const { key, value } = expression;
  const read = Object.hasOwn(READERS, key) ? READERS[key]! : refuse(value, `Unrecognized match type ${key}`);
  const test = read(value, comparesNumbers);
  return second === undefined
    ? test
    : refuse(second.value, SECOND_KEY[key] ?? 'Only one key allowed in match expression');
};

const valueTest: Read = (node, comparesNumbers) => {
  switch (node.kind) {
    case 'string':
      return addressTest(node.value, comparesNumbers) ?? ((leaf) => leaf.string && leaf.text === node.value);
    case 'number':
      return numberTest(node);
    case 'literal':
      return (leaf) => !leaf.string && leaf.text === node.text;
    default:
      return expressionTest(node, comparesNumbers);
  }
};

const isNumeric = (node: JsonNode): boolean => {
  if (node.kind === 'number') return comparableNumber(node.text) !== undefined;
  if (node.kind !== 'object') return false;
  const [expression] = node.members;
  if (expression?.key === 'numeric') return true;
  const values = expression?.value.kind === 'array' ? expression.value.items : [expression?.value];
  return expression?.key === 'anything-but' && values.some((value) => value?.kind === 'number');
};

/** Reads the list of a pattern's leaf. */
export const readCondition = (list: JsonArray): Condition => {
  if (list.items.length === 0) return refuseEnd(list, 'Empty arrays are not allowed');
  const numeric = list.items.some(isNumeric);
  const comparesNumbers: ComparesNumbers = (text) => numeric && comparableNumber(text) !== undefined;
  const tests = list.items.map((item) => valueTest(item, comparesNumbers));
  limitWildcards(list.items);
  return { tests: tests.filter((test) => test !== ABSENT), absent: tests.includes(ABSENT) };
};
