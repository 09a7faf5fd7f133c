import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readPattern } from './event-pattern.ts';
import { InvalidPattern } from './invalid-pattern.ts';

const reasonOf = (pattern: unknown): string => {
  try {
    readPattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  } catch (error) {
    if (error instanceof InvalidPattern) return error.message;
    throw error;
  }
  return 'none';
};
const firstLine = (pattern: unknown) => reasonOf(pattern).split('\n')[0];
const wildcards = (count: number) => ({ a: [{ wildcard: Array.from({ length: count }, () => '*').join(':') }] });

describe('a pattern that is refused', () => {
  it('says where', () => {
    expect(reasonOf('{"int": 42}')).toBe(
      '"int" must be an object or an array\n at [Source: (String)"{"int": 42}"; line: 1, column: 11]',
    );
    expect(reasonOf('{\n "a": []}')).toMatch(/line: 2, column: 9\]$/);
  });

  it.each([
    ['x', /^Unrecognized token 'x'/],
    ['{"a":[1]', /^Unexpected end-of-input/],
    ["{'a':[1]}", /^Unexpected character \('''/],
    ['{"a":[1],}', /double-quote to start field name$/],
    ['{"a":[01]}', /^Unrecognized token|^Unexpected character/],
    ['[]', /^Filter is not an object$/],
    ['{}', /^Empty objects are not allowed$/],
    [{ a: {} }, /^Empty objects are not allowed$/],
    [{ a: [] }, /^Empty arrays are not allowed$/],
    [{ a: 'x' }, /^"a" must be an object or an array$/],
    [{ a: [['x']] }, /^Match value must be String, number, true, false, or null$/],
    [{ a: [{}] }, /^Match expression name not found$/],
    [{ a: [{ foo: 1 }] }, /^Unrecognized match type foo$/],
    [{ a: [{ constructor: 1 }] }, /^Unrecognized match type constructor$/],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, /^Only one key allowed in match expression$/],
    [{ a: [{ prefix: 1 }] }, /^prefix match pattern must be a string$/],
    [{ a: [{ prefix: { suffix: 'x' } }] }, /^Unsupported prefix pattern: suffix$/],
    [{ a: [{ 'equals-ignore-case': ['x'] }] }, /^equals-ignore-case match pattern must be a string$/],
    [{ a: [{ wildcard: 'a**b' }] }, /^Consecutive wildcard characters at pos 2$/],
    [{ a: [{ wildcard: 'a\\b' }] }, /^Invalid escape character at pos 2$/],
    [{ a: [{ exists: 'true' }] }, /^exists match pattern must be either true or false\.$/],
    [{ a: [{ numeric: 5 }] }, /^Value of numeric must be an array\.$/],
    [{ a: [{ numeric: [] }] }, /^Invalid member in numeric match: \]$/],
    [{ a: [{ numeric: ['!=', 5] }] }, /^Unrecognized numeric range operator: !=$/],
    [{ a: [{ numeric: ['>', 5, '>', 6] }] }, /^Bad numeric range operator: >$/],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, /^Bottom must be less than top$/],
    [{ a: [{ numeric: ['<', 5, '>', 1] }] }, /^Too many elements in numeric expression$/],
    [{ a: [{ numeric: ['>', 1, '<', 5, '<'] }] }, /^Too many terms in numeric range expression$/],
    ['{"a":[{"numeric":["=",12345678901234567890]}]}', /^Cannot compare number : 12345678901234567890$/],
    [{ a: [{ 'anything-but': null }] }, /^Value of anything-but must be an array or single string\/number value\.$/],
    [{ a: [{ 'anything-but': [1, 'x'] }] }, /^Inside anything but list, either all values are number or string/],
    [{ a: [{ 'anything-but': [] }] }, /^Inside anything but list, either all values are number or string/],
    [{ a: [{ 'anything-but': { prefix: '' } }] }, /^Null prefix\/suffix not allowed$/],
    [{ a: [{ 'anything-but': { numeric: [1] } }] }, /^Unsupported anything-but pattern: numeric$/],
    [{ a: [{ cidr: '10.0.0.0' }] }, /^Malformed CIDR, one '\/' required$/],
    [{ a: [{ cidr: '10.0.0.0/32' }] }, /^IPv4 mask bits must be < 32$/],
    [{ a: [{ cidr: 'x/8' }] }, /^Nonstandard IP address: x$/],
    [{ $or: [{ a: [1] }] }, /^There must have at least 2 Objects in \$or relationship\.$/],
    [{ $or: [{ a: [1] }, { numeric: 1 }] }, /^numeric is Ruler reserved fieldName/],
  ])('gives a reason for %j', (pattern, reason) => {
    expect(firstLine(pattern)).toMatch(reason);
  });

  it('is one with too many combinations of alternatives', () => {
    const two = (name: string) => [{ [name]: [1] }, { [name]: [2] }];
    const nested = (depth: number): object =>
      depth === 0 ? {} : { [`k${depth}`]: { $or: two('x') }, ...nested(depth - 1) };

    expect(firstLine(nested(9))).toBe('none');
    expect(firstLine(nested(10))).toMatch(/^\$or makes 1024 rule combinations/);
  });

  it('is one with too many open wildcards', () => {
    expect(firstLine(wildcards(5))).toBe('none');
    expect(firstLine({ a: [{ wildcard: '*:*:*:*:*:event-bus/*' }] })).toMatch(/^Rule is too complex/);
    const stacks = ['Shared', 'Api', 'Web', 'Monitoring'].map((name) => ({ wildcard: `*:stack/${name}/*` }));
    expect(firstLine({ a: stacks })).toMatch(/^Rule is too complex/);
    expect(firstLine({ a: stacks.slice(1), b: stacks.slice(0, 3) })).toBe('none');
    expect(firstLine({ a: [...stacks.slice(1), ...stacks.slice(1)] })).toBe('none');
    expect(firstLine(wildcards(60))).toMatch(/^Rule is too complex/);
  });
});

describe('reading any text', () => {
  it('ends in a pattern or in a reason', () => {
    const words = fc.constantFrom('prefix', 'numeric', 'anything-but', 'cidr', 'wildcard', '$or', 'exists', '<', 'a');
    const json = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        words,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(words, tie('node'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(json.node, fc.string()), (pattern) => {
        expect(reasonOf(pattern)).not.toBe('');
      }),
    );
  });
});
