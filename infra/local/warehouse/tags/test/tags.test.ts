import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  for (const sql of [
    'USE SCHEMA test.public',
    `CREATE TAG cost_center ALLOWED_VALUES 'sales', 'finance' COMMENT = 'who pays'`,
    'CREATE TAG pii',
    'CREATE WAREHOUSE wh',
    'CREATE TABLE people (id INT, email VARCHAR)',
    'CREATE VIEW seen AS SELECT * FROM people',
  ])
    await client.run(sql);
});
afterAll(() => fixture.stop());

const tag = async (name: string, object: string, domain: string): Promise<unknown> =>
  (await client.run(`SELECT SYSTEM$GET_TAG('${name}', '${object}', '${domain}') AS t`))[0]!['T'];

describe('a tag', () => {
  it('is shown with its allowed values, which change', async () => {
    await client.run(`ALTER TAG cost_center ADD ALLOWED_VALUES 'research'`);
    await client.run(`ALTER TAG cost_center DROP ALLOWED_VALUES 'finance'`);
    await client.run('ALTER TAG IF EXISTS nothing UNSET COMMENT');

    expect(await client.run('SHOW TAGS')).toMatchObject([
      { name: 'COST_CENTER', comment: 'who pays', allowed_values: '["sales","research"]', owner: 'ACCOUNTADMIN' },
      { name: 'PII', allowed_values: null },
    ]);
  });

  it('is set and unset on tables, columns, views, schemas, databases and warehouses', async () => {
    for (const sql of [
      `ALTER TABLE people SET TAG cost_center = 'sales', pii = 'yes'`,
      `ALTER TABLE people MODIFY COLUMN email SET TAG pii = 'email', COLUMN id SET TAG pii = 'key'`,
      `ALTER VIEW seen SET TAG pii = 'view'`,
      `ALTER SCHEMA public SET TAG test.public.pii = 'schema'`,
      `ALTER DATABASE test SET TAG cost_center = 'research'`,
      `ALTER WAREHOUSE wh SET TAG cost_center = 'sales'`,
    ])
      await client.run(sql);

    expect(await tag('cost_center', 'people', 'table')).toBe('sales');
    expect(await tag('pii', 'people.email', 'COLUMN')).toBe('email');
    expect(await tag('pii', 'people.id', 'column')).toBe('key');
    expect(await tag('pii', 'seen', 'table')).toBe('view');
    expect(await tag('cost_center', 'wh', 'warehouse')).toBe('sales');
    await client.run('ALTER TABLE people MODIFY COLUMN id UNSET TAG pii');
    await client.run('ALTER TABLE people UNSET TAG cost_center');
    expect(await tag('pii', 'people.id', 'column')).toBe('yes');
    expect(await tag('cost_center', 'people', 'table')).toBe('research');
  });

  it('is listed with where it comes from', async () => {
    const references = (name: string, domain: string): Promise<unknown[]> =>
      client.run(
        `SELECT tag_name, tag_value, apply_method AS how, level, object_name, domain, column_name AS c
         FROM TABLE(test.INFORMATION_SCHEMA.TAG_REFERENCES('${name}', '${domain}')) ORDER BY 1`,
      );

    expect(await references('people.email', 'COLUMN')).toEqual([
      {
        TAG_NAME: 'COST_CENTER',
        TAG_VALUE: 'research',
        HOW: 'INHERITED',
        LEVEL: 'DATABASE',
        OBJECT_NAME: 'PEOPLE',
        DOMAIN: 'COLUMN',
        C: 'EMAIL',
      },
      {
        TAG_NAME: 'PII',
        TAG_VALUE: 'email',
        HOW: 'MANUAL',
        LEVEL: 'COLUMN',
        OBJECT_NAME: 'PEOPLE',
        DOMAIN: 'COLUMN',
        C: 'EMAIL',
      },
    ]);
    expect(await references('people', 'table')).toMatchObject([
      { TAG_VALUE: 'research', HOW: 'INHERITED' },
      { TAG_VALUE: 'yes', HOW: 'MANUAL', LEVEL: 'TABLE', DOMAIN: 'TABLE', C: null },
    ]);
  });

  it('comes with what is created, and goes along with clones and other names', async () => {
    await client.run(
      `CREATE TABLE made (id INT NOT NULL WITH TAG (pii = 'key'), price NUMBER(10, 2) TAG (pii = 'no', cost_center = 'sales'))
         WITH TAG (pii = 'maybe') COMMENT = 'made'`,
    );
    await client.run('ALTER TABLE made RENAME COLUMN price TO cost');
    await client.run('CREATE TABLE twin CLONE made');
    await client.run("CREATE SCHEMA tagged WITH TAG (test.public.pii = 'inside')");
    await client.run("CREATE VIEW tagged.v TAG (public.pii = 'v') AS SELECT 1 AS a");
    await client.run('CREATE SCHEMA copied CLONE tagged');
    await client.run('USE SCHEMA public');

    expect(await tag('cost_center', 'made.cost', 'column')).toBe('sales');
    expect(await tag('pii', 'twin.id', 'column')).toBe('key');
    expect(await tag('pii', 'twin', 'table')).toBe('maybe');
    expect(await tag('pii', 'tagged', 'schema')).toBe('inside');
    expect(await tag('pii', 'copied.v', 'table')).toBe('v');
  });

  it('may be what something is called', async () => {
    await client.run('CREATE TABLE tag (tag VARCHAR, a INT)');
    expect(await client.run('DESC TABLE tag')).toHaveLength(2);
  });

  it.each([
    [`ALTER TABLE people SET TAG cost_center = 'other'`, '001008'],
    [`ALTER TABLE people SET TAG nothing = 'x'`, '002003'],
    [`ALTER TABLE people MODIFY COLUMN nothing SET TAG pii = 'x'`, '000904'],
    [`CREATE TABLE never (a INT) WITH TAG (nothing = 'x')`, '002003'],
    ['CREATE TAG spread PROPAGATE = ON_DEPENDENCY', '000002'],
    ['ALTER TAG pii SET MASKING POLICY p', '000002'],
    ['UNDROP TAG pii', '000002'],
    [`ALTER SEQUENCE s SET TAG pii = 'x'`, '000002'],
    [`SELECT SYSTEM$GET_TAG('nothing', 'people', 'table')`, '002003'],
    [`SELECT * FROM TABLE(INFORMATION_SCHEMA.TAG_REFERENCES('people', 'GALAXY'))`, '000002'],
  ])('stops %s', async (sql, code) => {
    expect(await client.refusal(sql)).toMatchObject({ code });
  });

  it('is gone everywhere once it is dropped, and needs the right to apply it', async () => {
    await client.run('CREATE TAG brief');
    await client.run(`ALTER TABLE people SET TAG brief = 'x'`);
    await client.run('DROP TAG brief');
    await client.run('CREATE TAG brief');
    expect(await tag('brief', 'people', 'table')).toBeNull();

    for (const sql of [
      'CREATE ROLE tagger',
      'GRANT USAGE ON DATABASE test TO ROLE tagger',
      'GRANT USAGE ON SCHEMA public TO ROLE tagger',
      'GRANT SELECT ON TABLE people TO ROLE tagger',
      'GRANT APPLY ON TAG brief TO ROLE tagger',
      'USE ROLE tagger',
    ])
      await client.run(sql);
    expect(await client.refusal(`ALTER TABLE people SET TAG brief = 'x'`)).toMatchObject({ code: '003001' });
    await client.run('USE ROLE accountadmin');
  });
});
