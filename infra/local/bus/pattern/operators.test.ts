import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseJson } from '../json/parse.ts';
import { readPattern } from './event-pattern.ts';
import { fieldsOf } from './fields.ts';

const raw = (text: string) => ({ text });
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : JSON.stringify(value);

/** Whether one entry of a pattern's list takes a value. */
const takes = (entry: unknown, value: unknown): boolean =>
  readPattern(`{"a":[${textOf(entry)}]}`).matches(fieldsOf(parseJson(`{"a":${textOf(value)}}`)));

const cases: [what: string, entry: unknown, taken: unknown[], left: unknown[]][] = [
  ['a string', 'x', ['x', ['y', 'x']], ['X', '', 1, null, ['y'], []]],
  ['an empty string', '', [''], [null, ' ']],
  ['a number by value', raw('300'), [raw('300.0'), raw('3e2'), raw('3.0E+2')], ['300', raw('300.1')]],
  ['zero with any sign', raw('0'), [raw('-0'), raw('0.0e5')], ['0', false]],
  [
    'a number with too many digits by its text',
    raw('0.12345678901234567890'),
    [raw('0.12345678901234567890')],
    [0.1, raw('0.1234567890123456789')],
  ],
  ['true', true, [true], ['true', false, 1]],
  ['null', null, [null], ['null', '', []]],
  ['a prefix', { prefix: 'ab' }, ['ab', 'abc'], ['a', 'AB', 'cab', 12]],
  ['an empty prefix', { prefix: '' }, ['', 'x'], [1, null]],
  ['a prefix in any case', { prefix: { 'equals-ignore-case': 'éB' } }, ['ÉbX', 'éB'], ['eb', 'xéb']],
  ['a suffix', { suffix: '.png' }, ['.png', 'a.png'], ['.PNG', 'png', '.png ']],
  ['a suffix in any case', { suffix: { 'equals-ignore-case': '.Png' } }, ['.pNG', 'a.png'], ['png']],
  ['a string in any case', { 'equals-ignore-case': 'straße' }, ['STRASSE', 'Straße'], ['strasse', 'straß']],
  ['a wildcard', { wildcard: 'a*c' }, ['ac', 'abc', 'a*c', 'acc'], ['abcd', 'bac', 5]],
  ['an escaped star', { wildcard: 'a\\**\\\\' }, ['a*\\', 'a*b\\'], ['ab\\', 'a*']],
  ['any text', { wildcard: '*' }, ['', 'x'], [1, null]],
  ['presence', { exists: true }, ['', null, [1], [[null]]], [[], {}, [{}], [[]]]],
  ['absence', { exists: false }, [[], {}, { b: 1 }], [null, '', [1]]],
  ['anything but a string', { 'anything-but': 'x' }, ['y', 1, null, true, ['x', 'y']], ['x', ['x'], []]],
  ['anything but a number', { 'anything-but': 1 }, [2, '1', null], [1, raw('1.0')]],
  ['anything but strings', { 'anything-but': ['x', 'y'] }, ['z', 1], ['x', 'y']],
  ['anything but numbers', { 'anything-but': [1, 2] }, [3, 'x'], [1, raw('2e0')]],
  ['anything but prefixes', { 'anything-but': { prefix: ['a', 'b'] } }, ['c', 1, ''], ['ab', 'b']],
  ['anything but a suffix', { 'anything-but': { suffix: 'z' } }, ['za', null], ['az', 'z']],
  ['anything but in any case', { 'anything-but': { 'equals-ignore-case': ['X', 'Y'] } }, ['z'], ['x', 'y', 'X']],
  ['anything but a wildcard', { 'anything-but': { wildcard: '*/lib/*' } }, ['/lib', 7], ['/lib/', 'a/lib/b']],
  ['an IPv4 network', { cidr: '10.0.0.0/24' }, ['10.0.0.0', '10.0.0.255'], ['10.0.1.0', '10.0.0', 'x', null]],
  ['an IPv6 network', { cidr: '2001:db8::/32' }, ['2001:db8::1', '2001:DB8:ffff::'], ['2001:db9::', '1.2.3.4']],
  ['an address in every spelling', '2001:db8::1', ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'], ['2001:db8::2']],
  ['an IPv4 address inside IPv6', '10.0.0.1', ['::ffff:a00:1', '010.0.0.1'], ['10.0.0.2']],
  ['what only looks like an address', '12:30', ['12:30'], ['12:3']],
  ['a range', { numeric: ['>', 0, '<=', 5] }, [raw('0.001'), 5, raw('5.0'), [9, 3]], [0, raw('5.0000001'), '3', null]],
  ['the edges of what is documented', { numeric: ['=', 5e9] }, [5e9, raw('5.0e9')], [5000000001]],
  ['exactly', { exactly: 'x' }, ['x'], ['X']],
];

describe('an entry of a pattern', () => {
  it.each(cases)('takes %s', (_, entry, taken, left) => {
    expect(taken.filter((value) => !takes(entry, value))).toEqual([]);
    expect(left.filter((value) => takes(entry, value))).toEqual([]);
  });

  it('compares numbers as their values compare', () => {
    const written = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    // The smallest double has no short spelling that compares.
    const number = written.filter((value) => Math.abs(value) !== Number.MIN_VALUE);
    fc.assert(
      fc.property(number, number, (limit, value) => {
        expect(takes({ numeric: ['<', limit] }, value)).toBe(value < limit);
        expect(takes({ numeric: ['<=', limit] }, value)).toBe(value <= limit);
        expect(takes({ numeric: ['>', limit] }, value)).toBe(value > limit);
        expect(takes({ numeric: ['>=', limit] }, value)).toBe(value >= limit);
        expect(takes({ numeric: ['=', limit] }, value)).toBe(value === limit);
        expect(takes(limit, value)).toBe(value === limit);
        expect(takes({ 'anything-but': limit }, value)).toBe(value !== limit);
      }),
    );
  });

  it('reads wildcards as the regular expression they mean', () => {
    const alphabet = fc.constantFrom('a', 'b', '.', '😀');
    const runs = fc.array(fc.array(alphabet, { maxLength: 2 }), { minLength: 1, maxLength: 4 });
    const value = fc.array(alphabet, { maxLength: 8 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(runs, value, (parts, text) => {
        const texts = parts.map((letters) => letters.join(''));
        const expression = new RegExp(`^${texts.map((part) => part.replaceAll('.', '\\.')).join('.*')}$`, 'u');
        fc.pre(texts.slice(1, -1).every((part) => part !== ''));
        expect(takes({ wildcard: texts.join('*') }, text)).toBe(expression.test(text));
      }),
    );
  });

  it('takes the addresses of a network, and those alone', () => {
    const address = fc.nat({ max: 2 ** 32 - 1 });
    const dotted = (n: number) => [24, 16, 8, 0].map((shift) => (n >>> shift) & 0xff).join('.');
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 31 }), (network, value, bits) => {
        const size = 2 ** (32 - bits);
        const inside = Math.floor(network / size) === Math.floor(value / size);
        expect(takes({ cidr: `${dotted(network)}/${bits}` }, dotted(value))).toBe(inside);
      }),
    );
  });
});
