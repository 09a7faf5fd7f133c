import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { audit, whileMoving } from '../flow/audit.ts';
import { flows } from '../flow/flow-tables.ts';
import type { Row, Session } from '../session.ts';

const directory = mkdtempSync(join(tmpdir(), 'firn-audit-'));
afterAll(() => rmSync(directory, { recursive: true }));

const path = join(directory, 'a.ndjson');
writeFileSync(path, '{}\n{}\n\n{}\n');
const key = 'orders/0123456789ab/a.ndjson';
const source = { path, folder: '0123456789ab', name: 'a.ndjson', bytes: 10, documents: 3 };
const landed = { source, key, wasThere: false };

/** A session that answers each statement by the name of its last table expression. */
const sessionOf = (answers: { fates: readonly Row[]; problems?: readonly Row[]; lines?: readonly Row[] }): Session => ({
  rows: async ({ text }) => {
    if (/as BATCH_ID/.test(text)) return answers.problems ?? [];
    return /select distinct FILE_ROW_NUMBER/.test(text) ? (answers.lines ?? []) : answers.fates;
  },
  stream: () => Promise.reject(new Error('nothing is streamed here')),
  close: async () => undefined,
});
const fate = (FATE: string, DOCUMENTS: number): Row => ({ FILE_NAME: key, FATE, DOCUMENTS });
const run = (session: Session) => audit(session, flows()[0]!, [landed]);

describe('the account of documents', () => {
  it('balances when every line of the file met one of the four fates', async () => {
    const found = await run(sessionOf({ fates: [fate('loaded', 1), fate('superseded', 1), fate('rejected', 1)] }));
    expect(found.documents).toEqual({ in: 3, loaded: 1, superseded: 1, quarantined: 0, rejected: 1 });
    expect(found.byFile.get(key)).toEqual(found.documents);
    expect(found.problems).toEqual([]);
  });

  it('names documents that the tables lost, with the batch that had them', async () => {
    const found = await run(
      sessionOf({
        fates: [fate('loaded', 2), fate('lost', 1)],
        problems: [{ FILE_NAME: key, FILE_ROW_NUMBER: 2, FATE: 'lost', BATCH_ID: 'B1' }],
        lines: [1, 2, 4].map((it) => ({ FILE_ROW_NUMBER: it })),
      }),
    );
    expect(found.problems).toEqual([{ file: path, line: 2, what: 'lost', batchId: 'B1' }]);
  });

  it('names lines of the file that never landed', async () => {
    const found = await run(
      sessionOf({ fates: [fate('loaded', 2)], lines: [{ FILE_ROW_NUMBER: 1 }, { FILE_ROW_NUMBER: 2 }] }),
    );
    expect(found.problems).toEqual([{ file: path, line: 4, what: 'not landed' }]);
  });

  it('does not balance by a document that counts twice', async () => {
    const found = await run(
      sessionOf({
        fates: [fate('loaded', 3), fate('doubled', 1)],
        problems: [{ FILE_NAME: key, FILE_ROW_NUMBER: 1, FATE: 'doubled', BATCH_ID: null }],
        lines: [1, 2, 4].map((it) => ({ FILE_ROW_NUMBER: it })),
      }),
    );
    expect(found.problems).toEqual([{ file: path, line: 1, what: 'doubled' }]);
  });

  it('calls nothing lost while documents are still on their way', async () => {
    const found = await run(sessionOf({ fates: [], lines: [] }));
    expect(whileMoving(found).problems.map((it) => it.what)).toEqual(['on its way', 'on its way', 'on its way']);
  });
});
