import { describe, expect, it } from '@jest/globals';
import { BatchId, TableRef } from '../../../events/contract.ts';
import { golden } from '../../../shared/testing/golden.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { countExtracted } from '../sql/count-extracted.ts';
import { normalizeDocuments } from '../sql/normalize-documents.ts';

const expectGolden = golden(import.meta.url);
const table = TableRef.parse('DEV_RAW_PROCESSED.SALES.RETURNS_NORMALIZED_TEMP_B1_1');

const returns: ExtractPipeline = {
  pipeline: 'returns',
  schema: 'SALES',
  explode: ["buyer's", 'lines'],
  key: 'RETURN_ID',
  columns: [
    { name: 'RETURN_ID', from: { document: ['id'] }, type: 'VARCHAR' },
    { name: 'RETURNED_ON', from: { document: ['when'] }, type: 'DATE' },
    { name: 'IS "FREE"', from: { element: ['a"b', 'free'] }, type: 'BOOLEAN' },
    { name: 'BIG', from: { element: ['big'] }, type: 'NUMBER(38,0)' },
  ],
};

const normalized = (version: NonNullable<ExtractPipeline['version']>) =>
  normalizeDocuments({
    pipeline: { ...returns, version },
    from: TableRef.parse('DEV_RAW_PROCESSED.SALES.RETURNS_STREAMED'),
    into: table,
    batchId: BatchId.parse('B1'),
  });

describe('a pipeline of another shape', () => {
  it('reads dates, booleans and wide numbers, under whatever names, and puts numeric versions in order', () => {
    const statement = normalized({ document: ['rev'], type: 'NUMBER(10,0)' });

    expectGolden(statement, 'numeric-version');
    expect(statement.binds).toEqual(['B1']);
  });

  it('adds no floating-point number to a numeric version: it would round neighbours into one', () => {
    expect(normalized({ document: ['rev'], type: 'NUMBER(18,0)' }).text).not.toMatch(/\d[eE][+-]?\d/);
  });

  it('puts versions that are times in order', () => {
    const statement = normalized({ document: ['changed', 'at'], type: 'TIMESTAMP_NTZ' });

    expectGolden(statement, 'time-version');
    expect(statement.text).toContain('try_to_timestamp_ntz(d.SRC:"changed"."at"::varchar)');
  });

  it('puts versions that are text in order', () => {
    const statement = normalized({ document: ['rev'], type: 'VARCHAR' });

    expectGolden(statement, 'text-version');
    expect(statement.text).toContain(`coalesce(d.SRC:"rev"::varchar, '') || '/' ||`);
  });

  it('leaves documents that are tabular already as they are: one row each', () => {
    const { explode: _, ...rest } = returns;
    const columns = returns.columns.filter((it) => 'document' in it.from);
    const statement = normalizeDocuments({
      pipeline: { ...rest, columns },
      from: TableRef.parse('DEV_RAW_PROCESSED.SALES.RETURNS_STREAMED'),
      into: table,
      batchId: BatchId.parse('B1'),
    });

    expectGolden(statement, 'tabular');
    expect(statement.text).not.toContain('flatten');
  });

  it('counts documents by their versions where rows have no position', () => {
    const statement = countExtracted({ pipeline: returns, table });

    expectGolden(statement, 'no-position');
    expect(statement.text).toContain('count(distinct ROW_VERSION)');
  });
});
