import type { JsonNode } from '../json/node.ts';
import { comparableNumber } from './comparable-number.ts';
import { equalsFolded, fold } from './fold-case.ts';
import { refuse, refuseEnd } from './invalid-pattern.ts';
import { utf8 } from './leaf.ts';
import type { Test } from './leaf.ts';
import { comparableOf } from './numeric.ts';
import { wildcard } from './wildcard.ts';

type StringNode = JsonNode & { kind: 'string' };
type Excludes = (node: StringNode) => (text: string) => boolean;

const WRONG_VALUE = 'Value of anything-but must be an array or single string/number value.';
const WRONG_MEMBER = 'Inside anything but list, start|null|boolean is not supported.';
const MIXED = 'Inside anything but list, either all values are number or string, mixed type is not supported';

const affix = (node: StringNode): string =>
  node.value === '' ? refuseEnd(node, 'Null prefix/suffix not allowed') : utf8(node.value);

// The quotes around a string take part: that is how the matcher of AWS holds values.
const OPERATORS: Readonly<Record<string, { readonly excludes: Excludes; readonly wrongMember: string }>> = {
  prefix: {
    excludes: (node) => {
      const prefix = `"${affix(node)}`;
      return (text) => `"${text}"`.startsWith(prefix);
    },
    wrongMember: 'prefix/suffix match pattern must be a string',
  },
  suffix: {
    excludes: (node) => {
      const suffix = `${affix(node)}"`;
      return (text) => `"${text}"`.endsWith(suffix);
    },
    wrongMember: 'prefix/suffix match pattern must be a string',
  },
  'equals-ignore-case': {
    excludes: (node) => {
      const folded = fold(node.value);
      return (text) => equalsFolded(text, folded);
    },
    wrongMember: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  },
  wildcard: { excludes: wildcard, wrongMember: 'wildcard match pattern must be a string' },
};

const valuesOf = (node: JsonNode): readonly JsonNode[] => {
  if (node.kind === 'array') return node.items;
  return node.kind === 'string' || node.kind === 'number' ? [node] : refuse(node, WRONG_VALUE);
};

const operatorTest = (name: string, value: JsonNode): Test => {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  const { excludes, wrongMember } = operator ?? refuse(value, `Unsupported anything-but pattern: ${name}`);
  const values = valuesOf(value);
  if (values.length === 0) return refuseEnd(value, 'Empty arrays are not allowed');
  const excluded = values.map((node) => (node.kind === 'string' ? excludes(node) : refuse(node, wrongMember)));
  return (leaf) => !leaf.string || excluded.every((exclude) => !exclude(utf8(leaf.text)));
};

const plainTest = (value: JsonNode): Test => {
  const strings = new Set<string>();
  const numbers = new Set<number>();
  for (const node of valuesOf(value)) {
    if (node.kind === 'string') strings.add(utf8(node.value));
    else if (node.kind === 'number') numbers.add(comparableOf(node));
    else refuse(node, WRONG_MEMBER);
  }
  if (strings.size > 0 === numbers.size > 0) return refuseEnd(value, MIXED);
  return (leaf) => {
    if (leaf.string) return !strings.has(utf8(leaf.text));
    const number = comparableNumber(leaf.text);
    return number === undefined || !numbers.has(number);
  };
};

/** Reads the operand of `anything-but`; the test passes for every value that is there and isn't excluded. */
export const anythingButTest = (value: JsonNode): Test => {
  if (value.kind !== 'object') return plainTest(value);
  const [operator, second] = value.members;
  if (operator === undefined) return refuse(value, 'Anything-But expression name not found');
  const test = operatorTest(operator.key, operator.value);
  return second === undefined ? test : refuse(second.value, 'Too many elements in numeric expression');
};
