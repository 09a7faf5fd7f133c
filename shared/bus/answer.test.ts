import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import * as z from 'zod';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { example } from '../testing/examples.ts';
import { answer, answerId } from './answer.ts';

describe('an answer', () => {
  it('belongs to the batch, attempt and trace of what it answers', () => {
    const cause = example(BatchTriggered, { attempt: 3, traceId: 'a trace' });
    const { data, time } = example(BatchExtracted);

    expect(answer(cause, BatchExtracted, data, new Date(time))).toEqual({
      ...example(BatchExtracted),
      attempt: 3,
      traceId: 'a trace',
    });
  });

  it('has an id that any UUID parser takes, and that differs with what is answered and how', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.string(), fc.string(), (cause, other, what, else_) => {
        const id = answerId(cause, what);
        expect(z.uuid().safeParse(id).success).toBe(true);
        expect(answerId(cause, what)).toBe(id);
        expect(answerId(other, what) === id).toBe(other === cause);
        expect(answerId(cause, else_) === id).toBe(else_ === what);
      }),
    );
  });
});
