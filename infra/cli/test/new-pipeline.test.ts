import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readJson, writeJson, type JsonObject } from '../new-pipeline/json-text.ts';
import { codeName, partsOf } from '../new-pipeline/parts.ts';
import { proposeType } from '../new-pipeline/propose-type.ts';
import { checkNames, propose } from '../new-pipeline/proposal.ts';
import { readSample } from '../new-pipeline/read-sample.ts';

const documents = (...texts: readonly string[]): JsonObject[] => texts.map((it) => readJson(it) as JsonObject);
const columnsOf = (...texts: readonly string[]) =>
  Object.fromEntries(propose('returns', documents(...texts), {}).columns.map(({ name, type }) => [name, type]));

const RETURN = '{"id":7,"createdAt":"2026-01-05T09:30:00Z","items":[{"sku":"0012","price":2.50,"tax":{"rate":0.25}}]}';

describe('what a sample suggests', () => {
  it('is a column for each value, with a row for each element of its list', () => {
    const { key, date, explode, version, columns } = propose('returns', documents(RETURN), {});

    expect({ key, date, explode, version }).toEqual({
      key: 'ID',
      date: 'CREATED_AT',
      explode: ['items'],
      version: undefined,
    });
    expect(columns).toEqual([
      { name: 'ID', from: { document: ['id'] }, type: 'VARCHAR' },
      { name: 'CREATED_AT', from: { document: ['createdAt'] }, type: 'TIMESTAMP_NTZ' },
      { name: 'LINE_NUMBER', from: { position: true }, type: 'NUMBER(10,0)' },
      { name: 'SKU', from: { element: ['sku'] }, type: 'VARCHAR' },
      { name: 'PRICE', from: { element: ['price'] }, type: 'NUMBER(38,4)' },
      { name: 'TAX_RATE', from: { element: ['tax', 'rate'] }, type: 'NUMBER(38,4)' },
    ]);
  });

  it('is one row a document where nothing is a list, or nobody wants its elements', () => {
    expect(propose('carts', documents('{"id":"a","date":"2026-01-05"}'), {}).explode).toBeUndefined();
    expect(propose('returns', documents(RETURN), { rows: 'none' }).columns.map((it) => it.name)).toEqual([
      'ID',
      'CREATED_AT',
    ]);
  });

  it('keeps names apart that documents share with their elements, or with lineage', () => {
    const found = columnsOf('{"id":1,"date":"2026-01-05","file_name":"f","lines":[{"id":2,"line-number":3}]}');

    expect(Object.keys(found)).toEqual([
      'ID',
      'DATE',
      'RETURNS_FILE_NAME',
      'LINE_NUMBER',
      'LINE_ID',
      'LINE_LINE_NUMBER',
    ]);
  });

  it('leaves out, by name, what could be no column', () => {
    const { leftOut, columns } = propose(
      'returns',
      documents(
        '{"id":1,"date":"2026-01-05","never":null,"tags":["a"],"at":{"x":1}}',
        '{"id":2,"date":"2026-01-05","never":null,"tags":[],"at":"home"}',
      ),
      {},
    );

    expect(leftOut).toEqual(['never (always null)', 'tags (a list)', 'at (now a value, now an object or a list)']);
    expect(columns.map((it) => it.name)).toEqual(['ID', 'DATE']);
  });

  it('takes the time of the last change for a version, unless clocks differ', () => {
    const changed = (time: string) =>
      propose('returns', documents(`{"id":1,"date":"2026-01-05","updated_at":"${time}"}`), {}).version;

    expect(changed('2026-01-05T09:30:00Z')).toEqual(['updated_at']);
    expect(changed('2026-01-05T09:30:00-04:00')).toBeUndefined();
  });

  it.each<[string, string, object]>([
    ['nothing names a document', '{"date":"2026-01-05"}', {}],
    ['nothing is a date', '{"id":1}', {}],
    ['a key that is not there', '{"id":1,"date":"2026-01-05"}', { key: 'number' }],
    ['rows that are no list', '{"id":1,"date":"2026-01-05"}', { rows: 'id' }],
    ['a date that is none', '{"id":1,"date":"2026-01-05"}', { date: 'id' }],
  ])('is refused: %s', (_, text, wishes) => {
    expect(() => propose('returns', documents(text), wishes)).toThrow(/--key|--rows|--date/);
  });

  it.each(['Returns', '1st', 'a-b', '', 'x'.repeat(41)])('is refused for a pipeline called "%s"', (name) => {
    expect(() => checkNames(name, {})).toThrow("is no pipeline's name");
  });
});

describe('a type', () => {
  it.each<[string, string, string]>([
    ['QUANTITY', '[1, 20]', 'NUMBER(38,0)'],
    ['QUANTITY', '[1, 2.125]', 'NUMBER(38,5)'],
    ['PRICE', '[148.0]', 'NUMBER(38,3)'],
    ['RATE', '[1e-3]', 'NUMBER(38,5)'],
    ['HUGE', '[1e40]', 'VARCHAR'],
    ['PRICE', '["199.00", "0.50"]', 'NUMBER(38,4)'],
    ['ZIP', '["40202", "01234"]', 'VARCHAR'],
    ['CUSTOMER_ID', '[12, 13]', 'VARCHAR'],
    ['PAID', '[true, false]', 'BOOLEAN'],
    ['PAID', '[true, "yes"]', 'VARCHAR'],
    ['DUE', '["2026-01-05"]', 'DATE'],
    ['DUE', '["2026-01-05", "2026-01-05T10:00:00.5+01:00"]', 'TIMESTAMP_NTZ'],
    ['DUE', '["2026-13-05"]', 'VARCHAR'],
  ])('of %s that is %s is %s', (name, values, type) => {
    expect(proposeType(name, readJson(values) as never)).toBe(type);
  });
});

describe('sample files', () => {
  const read = async (text: string, within?: string) => {
    const directory = await mkdtemp(join(tmpdir(), 'firn-sample-'));
    try {
      await writeFile(join(directory, 's.json'), text);
      return (await readSample([join(directory, 's.json')], within)).map(writeJson);
    } finally {
      await rm(directory, { recursive: true });
    }
  };

  it.each<[string, string, string | undefined]>([
    ['one a line', '{"a":1}\n\n{"a":2}\n', undefined],
    ['a list', '[{"a":1},\n{"a":2}]', undefined],
    ['a list that an API wraps', '{"orders":[{"a":1},{"a":2}]}', undefined],
    ['somewhere inside', '{"x":{"y":[{"a":1},{"a":2}]},"page":1}', 'x.y'],
  ])('are documents: %s', async (_, text, within) => {
    expect(await read(text, within)).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('keep the spelling of numbers', async () => {
    expect(await read('{"a":148.0,"b":12345678901234567890}')).toEqual(['{"a":148.0,"b":12345678901234567890}']);
  });

  it.each<[string, string | undefined]>([
    ['{"a":1}\n{"a":', undefined],
    ['[1]', undefined],
    ['', undefined],
    ['{"a":1}', 'b'],
  ])('are refused: %s', async (text, within) => {
    await expect(read(text, within)).rejects.toMatchObject({ name: 'Refusal' });
  });
});

describe('what is written', () => {
  it('has names that TypeScript takes', () => {
    expect(['orders', 'web_shop', 'delete'].map(codeName)).toEqual(['orders', 'webShop', 'deletePipeline']);
  });

  it('is one file an owner', () => {
    expect([...partsOf(propose('web_shop', documents(RETURN), {})).keys()]).toEqual([
      'services/extract/pipelines/web-shop.ts',
      'services/transform/pipelines/web_shop.sql',
      'services/validate/suites/web_shop.extracted.json',
      'services/validate/suites/web_shop.transformed.json',
      'services/load/pipelines/web-shop.ts',
    ]);
  });
});
