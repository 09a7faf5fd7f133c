import { describe, expect, it } from '@jest/globals';
import { BadMessage, Defect, RetryLater, toPipelineError } from './errors.ts';

describe('an error', () => {
  it.each([RetryLater, BadMessage, Defect])('says by its class what is to be done: %p', (Kind) => {
    const cause = new Error('why');
    const error = new Kind('what', { rows: 1 }, { cause });

    expect(error).toMatchObject({ name: Kind.name, kind: Kind.name, message: 'what', context: { rows: 1 }, cause });
    expect(toPipelineError(error)).toBe(error);
  });

  it.each<[unknown, string]>([
    [new TypeError('not a count'), 'not a count'],
    ['text', 'text'],
    [undefined, 'undefined'],
  ])('that nobody translated (%p) is a defect', (thrown, message) => {
    expect(toPipelineError(thrown)).toMatchObject({ kind: 'Defect', message, cause: thrown });
  });
});
