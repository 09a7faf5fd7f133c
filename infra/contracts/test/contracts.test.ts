import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { contract, type Contract } from '../../../events/contract.ts';
import { CONTRACTS } from '../../../events/contracts.ts';
import { checkEvents, sentence, unagreed } from '../check-events.ts';
import { expectations } from '../expectations.ts';
import { schemaBreaks, type Schema } from '../schema-breaks.ts';

const agreed = expectations(resolve(import.meta.dirname, '../../..'));
const schema = (of: z.ZodType): Schema => z.toJSONSchema(of) as Schema;
const breaks = (before: z.ZodType, now: z.ZodType) => schemaBreaks(schema(before), schema(now));

/** The contracts, with another shape of batch.loaded.v1. */
const changed = (data: z.ZodType): readonly Contract[] =>
  CONTRACTS.map((it) =>
    it === BatchLoaded ? contract({ type: it.type, producer: it.producer, data }) : it,
  ) as readonly Contract[];
const loaded = BatchLoaded.data;

describe('a change of an event', () => {
  it('is named by event, owners and path, and concerns these owners alone', () => {
    const without = changed(loaded.omit({ rows: true }));

    const found = checkEvents(without, agreed);

    expect(found.map(sentence)).toEqual([
      'batch.loaded.v1 (load to coordinator): data.rows is no longer sent',
      'batch.loaded.v1 (load to validate): data.rows is no longer sent',
    ]);
    expect(checkEvents(without, agreed, 'load')).toEqual(found);
    expect(checkEvents(without, agreed, 'coordinator')).toEqual(found.slice(0, 1));
    expect(checkEvents(without, agreed, 'extract')).toEqual([]);
  });

  it('may add what no listener needs', () => {
    expect(checkEvents(changed(loaded.extend({ note: z.string().optional() })), agreed)).toEqual([]);
  });

  it('must still read what was sent before it', () => {
    const found = checkEvents(changed(loaded.extend({ colour: z.string() })), agreed).map((it) => it.what);

    const unreadable = expect.stringMatching(/^data\.colour of an event in flight can't be read: /);
    expect(found).toEqual([unreadable, unreadable]);
  });

  it('is a break when the event is gone', () => {
    const found = checkEvents(
      CONTRACTS.filter((it) => it !== BatchLoaded),
      agreed,
    );

    expect(found.map(sentence)).toEqual([
      'batch.loaded.v1 (nobody to coordinator): there is no such event any more',
      'batch.loaded.v1 (nobody to validate): there is no such event any more',
    ]);
  });

  it('is asked about where a service begins to hear an event', () => {
    expect(unagreed([{ service: 'load', hears: ['batch.failed.v1'] }], agreed)).toContain(
      'load hears batch.failed.v1 and has never agreed to it: firn contracts accept load',
    );
  });
});

describe('a shape', () => {
  const object = z.object({
    a: z.string(),
    list: z.array(z.object({ n: z.int() })),
    kind: z.enum(['x', 'y']).optional(),
  });

  it.each<[string, z.ZodType]>([
    ['stays as it is', object],
    ['gains a field', object.extend({ b: z.string() })],
    ['says fewer things', object.extend({ kind: z.literal('x') })],
    ['is surer of a field', object.required()],
    ['is stricter', object.extend({ a: z.string().min(1).max(3) })],
  ])('breaks nothing when it %s', (_, now) => {
    expect(breaks(object, now)).toEqual([]);
  });

  it.each<[string, z.ZodType, z.ZodType, string]>([
    ['loses a field', object, object.omit({ a: true }), 'a is no longer sent'],
    ['loses a field that was not sure', object, object.omit({ kind: true }), 'kind is no longer sent'],
    ['is less sure of a field', object, object.partial({ a: true }), 'a may be missing'],
    ['changes a type', object, object.extend({ a: z.int() }), 'a becomes "integer", and was "string"'],
    [
      'changes a type in a list',
      object,
      object.extend({ list: z.array(z.object({ n: z.number() })) }),
      'list[].n becomes "number", and was "integer"',
    ],
    ['may be null', object, object.extend({ a: z.string().nullable() }), 'a becomes "null", and was "string"'],
    [
      'says something new',
      object,
      object.extend({ kind: z.enum(['x', 'y', 'z']).optional() }),
      'kind may be "z", which is new',
    ],
    [
      'says anything',
      object,
      object.extend({ kind: z.string().optional() }),
      'kind may be anything, and was one of ["x","y"]',
    ],
    [
      'drops a pattern',
      z.object({ a: z.string().regex(/^x/) }),
      z.object({ a: z.string() }),
      'a had the pattern "^x", and has none',
    ],
    [
      'widens a limit',
      z.object({ a: z.int().min(1) }),
      z.object({ a: z.int().min(0) }),
      'a had a minimum of 1, and has 0',
    ],
    [
      'drops a limit',
      z.object({ a: z.string().max(9) }),
      z.object({ a: z.string() }),
      'a had a maxLength of 9, and has none',
    ],
    [
      'has a third kind',
      z.object({ a: z.union([z.string(), z.int()]) }),
      z.object({ a: z.union([z.string(), z.boolean()]) }),
      'a may be "boolean", which was never agreed on',
    ],
  ])('is a break when it %s', (_, before, now, what) => {
    expect(breaks(before, now)).toContain(what);
  });
});
