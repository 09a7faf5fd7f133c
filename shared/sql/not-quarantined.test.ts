import { describe, expect, it } from '@jest/globals';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { example, exampleTransformedStage } from '../testing/examples.ts';
import { notQuarantined } from './not-quarantined.ts';

const { batchId, data } = example(BatchValidated);

describe('notQuarantined', () => {
  it('leaves out what the batch held back at the stage that the event tells of, and no other stage', () => {
    expect(notQuarantined(data, batchId).binds).toEqual([batchId, 'extracted']);
    expect(notQuarantined(exampleTransformedStage().data, batchId).binds).toEqual([batchId, 'transformed']);
  });

  it('asks for the document by its version', () => {
    expect(notQuarantined(data, batchId).text).toContain('q.ROW_VERSION = t.ROW_VERSION');
  });

  it('reads no quarantine where nothing was held back', () => {
    const clean = { ...data, quarantined: { documents: 0, rows: 0, unreadable: 0 } };

    expect(notQuarantined(clean, batchId)).toEqual({ text: 'true', binds: [] });
  });
});
