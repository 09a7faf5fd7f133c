import { describe, expect, it } from '@jest/globals';
import { pipelineParts } from '../../snowflake/definition.ts';
import { columnsIn, tableIn } from '../table-text.ts';
import { tablesPage } from '../tables-page.ts';

describe('the reference of tables', () => {
  it('would show a new column', () => {
    const [parts] = pipelineParts();
    const extract = {
      ...parts!.extract,
      columns: [
        ...parts!.extract.columns,
        { name: 'COLOUR', from: { element: ['colour'] as const }, type: 'VARCHAR' as const },
      ],
    };

    expect(tablesPage([{ ...parts!, extract }])).toContain('| COLOUR | VARCHAR | `[].colour` |');
  });

  it('reads columns as they are spelled, and nothing but tables', () => {
    expect(
      columnsIn('create table if not exists "A"."B"."C" ("X" NUMBER(10,0), Y varchar not null,\n  Z array)'),
    ).toEqual([
      { name: 'X', type: 'NUMBER(10,0)' },
      { name: 'Y', type: 'VARCHAR NOT NULL' },
      { name: 'Z', type: 'ARRAY' },
    ]);
    expect(tableIn('create table if not exists "A"."B"."C" like "A"."B"."D"')).toBeUndefined();
    expect(tableIn('create schema if not exists "A"."B"')).toBeUndefined();
  });
});
