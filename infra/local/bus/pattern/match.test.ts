import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseJson } from '../json/parse.ts';
import { readPattern } from './event-pattern.ts';
import { fieldsOf } from './fields.ts';

const matches = (pattern: unknown, event: unknown): boolean => {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return readPattern(text(pattern)).matches(fieldsOf(parseJson(text(event))));
};

describe('a pattern', () => {
  it('wants every path, and any value of a list', () => {
    const pattern = { a: ['x', 'y'], b: { c: [1] } };

    expect(matches(pattern, { a: 'y', b: { c: 1 }, d: 0 })).toBe(true);
    expect(matches(pattern, { a: 'y', b: { c: 2 } })).toBe(false);
    expect(matches(pattern, { a: 'y' })).toBe(false);
  });

  it('sees through arrays of objects, however nested', () => {
    const pattern = { a: { b: ['x'] } };

    expect(matches(pattern, { a: [{ b: 'y' }, { b: 'x' }] })).toBe(true);
    expect(matches(pattern, { a: [[{ b: ['x'] }], 'b'] })).toBe(true);
    expect(matches(pattern, { a: ['x'] })).toBe(false);
  });

  it('takes its values from one element of an array, not from several', () => {
    const people = {
      people: [
        { first: 'Anna', last: 'Smith' },
        { first: 'Peter', last: 'Jones' },
      ],
    };

    expect(matches({ people: { first: ['Anna'], last: ['Smith'] } }, people)).toBe(true);
    expect(matches({ people: { first: ['Anna'], last: ['Jones'] } }, people)).toBe(false);
  });

  it('combines elements of different arrays', () => {
    const event = { a: [{ x: 1 }, { x: 2 }], b: [{ y: 1 }, { y: 2 }], c: [[{ z: 1 }], [{ z: 2, w: 3 }]] };

    expect(matches({ a: { x: [2] }, b: { y: [1] }, c: { z: [2], w: [3] } }, event)).toBe(true);
    expect(matches({ a: { x: [2] }, c: { z: [1], w: [3] } }, event)).toBe(false);
  });

  it('asks for absence in the element that earlier paths took', () => {
    const pattern = { a: { x: [1], y: [{ exists: false }] } };

    expect(matches(pattern, { a: [{ x: 1 }, { x: 2, y: 1 }] })).toBe(true);
    expect(matches(pattern, { a: [{ x: 1, y: 1 }, { x: 2 }] })).toBe(false);
    expect(matches({ a: { x: [{ exists: false }], y: [1] } }, { a: [{ y: 1 }, { x: 2 }] })).toBe(false);
  });

  it('joins keys by dots', () => {
    expect(matches({ a: { 'b.c': [1] } }, { 'a.b': { c: 1 } })).toBe(true);
    expect(matches({ 'a.b.c': [1] }, { a: { b: { c: 1 } } })).toBe(true);
  });

  it('uses the last of equal paths in a pattern, and every one in an event', () => {
    expect(matches('{"a":[1],"a":[2]}', { a: 1 })).toBe(false);
    expect(matches('{"a":{"b":[1]},"a":{"c":[2]}}', { a: { b: 1, c: 2 } })).toBe(true);
    expect(matches({ a: [1] }, '{"a":1,"a":2}')).toBe(true);
  });

  it('takes any alternative of $or, at any level', () => {
    const pattern = { s: ['x'], $or: [{ m: [1] }, { t: [2], $or: [{ i: [3] }, { 'd.e': [4] }] }] };

    expect(matches(pattern, { s: 'x', m: 1 })).toBe(true);
    expect(matches(pattern, { s: 'x', t: 2, d: { e: 4 } })).toBe(true);
    expect(matches(pattern, { s: 'x', t: 2 })).toBe(false);
    expect(matches({ d: { $or: [{ a: [1] }, { b: [1] }] } }, { d: { b: 1 } })).toBe(true);
  });

  it('takes $or for a field where it has not the form of alternatives', () => {
    expect(matches({ $or: { a: ['x'] } }, { $or: { a: 'x' } })).toBe(true);
    expect(matches({ $or: [{ prefix: 'x' }, { cidr: '10.0.0.0/8' }] }, { $or: 'xy' })).toBe(true);
  });

  it('answers at once where elements of many arrays would multiply', () => {
    const many = (name: string) => Array.from({ length: 300 }, () => ({ [name]: 1 }));
    const event = { a: many('x'), b: many('x'), c: many('x'), d: many('x'), e: 0 };
    const one = { x: [1] };

    expect(matches({ a: one, b: one, c: one, d: one, e: [1] }, event)).toBe(false);
  });

  it('matches the event it was made from', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const key = fc.constantFrom('a', 'b', 'c');
    const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
      tree: fc.dictionary(key, fc.oneof({ maxDepth: 4 }, scalar, tie('tree')), { minKeys: 1 }) as fc.Arbitrary<
        Record<string, unknown>
      >,
    }));
    const patternOf = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, patternOf(inner)]))
        : [value];
    fc.assert(
      fc.property(tree, (event) => {
        expect(matches(patternOf(event), event)).toBe(true);
      }),
    );
  });
});
