import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture } from '../../test/client.ts';
import type { Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  for (const sql of [
    'CREATE SCHEMA test.governance',
    'CREATE TABLE governance.regions (role VARCHAR, region VARCHAR)',
    `INSERT INTO governance.regions VALUES ('ACCOUNTADMIN', 'EU')`,
    `CREATE MASKING POLICY governance.hidden AS (val VARCHAR) RETURNS VARCHAR ->
       CASE WHEN CURRENT_ROLE() = 'BOSS' THEN val ELSE '***' END COMMENT = 'hides'`,
    `CREATE MASKING POLICY governance.unless_public AS (email VARCHAR, seen VARCHAR) RETURNS VARCHAR ->
       IFF(seen = 'PUBLIC', email, CURRENT_SCHEMA())`,
    `CREATE ROW ACCESS POLICY governance.own_region AS (r VARCHAR) RETURNS BOOLEAN ->
       CURRENT_ROLE() = 'BOSS' OR EXISTS (SELECT 1 FROM regions WHERE role = CURRENT_ROLE() AND region = r)`,
    'CREATE ROLE boss',
    'GRANT USAGE ON DATABASE test TO ROLE boss',
    'GRANT USAGE ON ALL SCHEMAS IN DATABASE test TO ROLE boss',
    'GRANT SELECT ON FUTURE TABLES IN SCHEMA test.public TO ROLE boss',
    'USE SCHEMA test.public',
  ])
    await client.run(sql);
});
afterAll(() => fixture.stop());

const guard = async (name: string): Promise<void> => {
  for (const sql of [
    `CREATE OR REPLACE TABLE ${name} (id INT, email VARCHAR WITH MASKING POLICY governance.hidden, region VARCHAR)
       WITH ROW ACCESS POLICY governance.own_region ON (region)`,
    `INSERT INTO ${name} VALUES (1, 'a@x', 'EU'), (2, 'b@x', 'US')`,
  ])
    await client.run(sql);
};

const asBoss = async (sql: string): Promise<unknown[]> => {
  await client.run('USE ROLE boss');
  const rows = await client.run(sql);
  await client.run('USE ROLE accountadmin');
  return rows;
};

const seen = { ID: 1, EMAIL: '***', REGION: 'EU' };

describe('a table with policies', () => {
  beforeEach(() => guard('people'));

  it('shows masked values of visible rows, by the role that asks and what the policy may read', async () => {
    expect(await client.run('SELECT * FROM people')).toEqual([seen]);
    expect(await asBoss('SELECT id, email FROM people ORDER BY id')).toEqual([
      { ID: 1, EMAIL: 'a@x' },
      { ID: 2, EMAIL: 'b@x' },
    ]);
    expect(await client.run(`SELECT COUNT(*) AS n FROM people WHERE email = 'a@x'`)).toEqual([{ N: 0 }]);
  });

  it('changes visible rows alone, by what is seen of them', async () => {
    await client.run(`UPDATE people SET id = id + 10 WHERE email = '***'`);
    await client.run(`UPDATE people SET region = x.r FROM (SELECT 2 AS id, 'none' AS r) x WHERE people.id = x.id`);
    await client.run(
      `MERGE INTO people p USING (SELECT 2 AS id) s ON p.id = s.id
       WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, email, region) VALUES (3, 'c@x', 'EU')`,
    );
    expect(await asBoss('SELECT * FROM people ORDER BY id')).toEqual([
      { ID: 2, EMAIL: 'b@x', REGION: 'US' },
      { ID: 3, EMAIL: 'c@x', REGION: 'EU' },
      { ID: 11, EMAIL: 'a@x', REGION: 'EU' },
    ]);

    await client.run('DELETE FROM people');
    expect(await asBoss('SELECT id FROM people')).toEqual([{ ID: 2 }]);
  });

  it('is seen so through views, streams, clones, copies of its rows and in the past', async () => {
    for (const sql of [
      'CREATE OR REPLACE VIEW through AS SELECT * FROM people',
      'CREATE OR REPLACE STREAM told ON TABLE people SHOW_INITIAL_ROWS = TRUE',
      'CREATE OR REPLACE TABLE twin CLONE people',
      'CREATE OR REPLACE TABLE filled AS SELECT * FROM people',
    ])
      await client.run(sql);

    for (const from of ['through', 'told', 'twin', 'filled', 'people AT (OFFSET => 0)', 'twin AT (OFFSET => 0)'])
      expect([from, await client.run(`SELECT id, email, region FROM ${from}`)]).toEqual([from, [seen]]);
    expect(await asBoss('SELECT * FROM twin')).toHaveLength(2);
    expect(await asBoss('SELECT * FROM filled')).toEqual([seen]);
    await client.run('CREATE TABLE past CLONE people AT (OFFSET => 0)');
    expect(await client.run('SELECT * FROM past')).toEqual([seen]);
    await client.run('CREATE TABLE alike LIKE people');
    await client.run(`INSERT INTO alike VALUES (1, 'a@x', 'US')`);
    expect(await client.run('SELECT email FROM alike')).toEqual([{ EMAIL: 'a@x' }]);
  });

  it('keeps its policies when columns get other names, and those columns stay', async () => {
    await client.run('ALTER TABLE people RENAME COLUMN region TO area');
    await client.run('ALTER TABLE people RENAME COLUMN email TO mail');

    expect(await client.run('SELECT * FROM people')).toEqual([{ ID: 1, MAIL: '***', AREA: 'EU' }]);
    expect(await client.refusal('ALTER TABLE people DROP COLUMN area')).toMatchObject({ code: '001008' });
    expect(await client.refusal('SELECT * FROM people BEFORE (STATEMENT => LAST_QUERY_ID(-4))')).toMatchObject({
      code: '000002',
      message: expect.stringContaining('Time Travel'),
    });
    expect(await client.run('DESC TABLE people ->> SELECT "policy name" AS p FROM $1 WHERE "name" = \'MAIL\'')).toEqual(
      [{ P: 'TEST.GOVERNANCE.HIDDEN' }],
    );
    expect(await client.run(`SELECT GET_DDL('TABLE', 'people') AS t`)).toEqual([
      {
        T: 'create or replace TABLE PEOPLE (\n\tID NUMBER(38,0),\n\tMAIL VARCHAR(16777216) WITH MASKING POLICY TEST.GOVERNANCE.HIDDEN,\n\tAREA VARCHAR(16777216)\n) WITH ROW ACCESS POLICY TEST.GOVERNANCE.OWN_REGION ON (AREA);',
      },
    ]);
  });

  it('takes and gives up policies by ALTER, also as a view', async () => {
    await client.run('ALTER TABLE people MODIFY COLUMN email UNSET MASKING POLICY');
    await client.run('ALTER TABLE people DROP ALL ROW ACCESS POLICIES');
    await client.run('ALTER TABLE people DROP ALL ROW ACCESS POLICIES');
    expect(await client.run('SELECT email FROM people ORDER BY id')).toEqual([{ EMAIL: 'a@x' }, { EMAIL: 'b@x' }]);

    expect(
      await client.refusal(
        'CREATE VIEW guarded WITH ROW ACCESS POLICY governance.own_region ON (nothing) AS SELECT * FROM people',
      ),
    ).toMatchObject({ code: '000904' });
    await client.run(
      `CREATE OR REPLACE VIEW guarded (id, email MASKING POLICY governance.unless_public USING (email, region), region)
         AS SELECT * FROM people`,
    );
    expect(await client.run('SELECT email FROM guarded WHERE id = 1')).toEqual([{ EMAIL: 'PUBLIC' }]);
    await client.run('ALTER VIEW guarded ADD ROW ACCESS POLICY governance.own_region ON (region)');
    await client.run('ALTER VIEW guarded MODIFY COLUMN email SET MASKING POLICY governance.hidden FORCE');
    expect(await client.run('SELECT * FROM guarded')).toEqual([seen]);
  });
});

describe('policies', () => {
  beforeAll(() => guard('people'));

  it('are listed by what they are attached to, and by name', async () => {
    const references = (args: string): Promise<unknown[]> =>
      client.run(
        `SELECT policy_name, policy_kind, ref_entity_name, ref_entity_domain, ref_column_name AS c, ref_arg_column_names AS args
         FROM TABLE(test.INFORMATION_SCHEMA.POLICY_REFERENCES(${args})) ORDER BY 1`,
      );
    const on = { REF_ENTITY_NAME: 'PEOPLE', REF_ENTITY_DOMAIN: 'TABLE' };
    const hidden = { POLICY_NAME: 'HIDDEN', POLICY_KIND: 'MASKING_POLICY', ...on, C: 'EMAIL', ARGS: null };

    expect(await references(`REF_ENTITY_NAME => 'test.public.people', REF_ENTITY_DOMAIN => 'table'`)).toEqual([
      hidden,
      { POLICY_NAME: 'OWN_REGION', POLICY_KIND: 'ROW_ACCESS_POLICY', ...on, C: null, ARGS: '[ "REGION" ]' },
    ]);
    expect(await references(`POLICY_NAME => 'test.governance.hidden'`)).toContainEqual(hidden);
    await expect(references(`REF_ENTITY_NAME => 'nothing', REF_ENTITY_DOMAIN => 'TABLE'`)).rejects.toMatchObject({
      code: '002003',
    });
  });

  it('are shown and described', async () => {
    expect(await client.run("SHOW MASKING POLICIES LIKE 'hid%' IN SCHEMA governance")).toMatchObject([
      { name: 'HIDDEN', schema_name: 'GOVERNANCE', kind: 'MASKING_POLICY', comment: 'hides', options: '' },
    ]);
    expect(await client.run('DESC ROW ACCESS POLICY governance.own_region')).toMatchObject([
      { name: 'OWN_REGION', signature: '(R VARCHAR)', return_type: 'BOOLEAN', body: expect.stringContaining('EXISTS') },
    ]);
  });

  it('get another body, comment and name', async () => {
    await client.run(`CREATE MASKING POLICY p AS (v NUMBER) RETURNS NUMBER -> 0`);
    await client.run('CREATE TABLE counted (n NUMBER MASKING POLICY p)');
    await client.run('INSERT INTO counted VALUES (7)');
    expect(await client.run('SELECT n FROM counted')).toEqual([{ N: 0 }]);

    await client.run('ALTER MASKING POLICY p SET BODY -> v + 1');
    await client.run('ALTER MASKING POLICY p RENAME TO q');
    await client.run(`ALTER MASKING POLICY IF EXISTS q SET COMMENT = 'one more'`);
    expect(await client.run('SELECT n FROM counted')).toEqual([{ N: 8 }]);

    await client.run('DROP TABLE counted');
    await client.run('DROP MASKING POLICY q');
    await client.run('UNDROP TABLE counted');
    expect(await client.refusal('SELECT n FROM counted')).toMatchObject({
      message: expect.stringContaining('Column N already attached to a masking policy that does not exist'),
    });
    await client.run('ALTER TABLE counted MODIFY COLUMN n UNSET MASKING POLICY');
    expect(await client.run('SELECT n FROM counted')).toEqual([{ N: 7 }]);
  });

  it('go along with a schema that is cloned', async () => {
    await client.run('CREATE SCHEMA small');
    await client.run(`CREATE MASKING POLICY small.m AS (v VARCHAR) RETURNS VARCHAR -> 'x'`);
    await client.run('CREATE TABLE small.t (v VARCHAR MASKING POLICY small.m)');
    await client.run('CREATE SCHEMA copied CLONE small');
    await client.run('DROP SCHEMA small');
    await client.run(`INSERT INTO copied.t VALUES ('secret')`);

    expect(await client.run('SELECT * FROM copied.t')).toEqual([{ V: 'x' }]);
    await client.run('USE SCHEMA test.public');
  });

  it.each([
    ['DROP MASKING POLICY governance.hidden', '003531'],
    ['CREATE OR REPLACE MASKING POLICY governance.hidden AS (v VARCHAR) RETURNS VARCHAR -> v', '003531'],
    ['DROP SCHEMA governance', '003554'],
    ['ALTER TABLE people MODIFY COLUMN email SET MASKING POLICY governance.hidden', '003529'],
    ['ALTER TABLE people ADD ROW ACCESS POLICY governance.own_region ON (region)', '003549'],
    ['ALTER TABLE people MODIFY COLUMN id SET MASKING POLICY governance.hidden', '003507'],
    ['ALTER TABLE people MODIFY COLUMN region SET MASKING POLICY governance.hidden', '001008'],
    ['ALTER TABLE people MODIFY COLUMN id SET MASKING POLICY governance.nothing', '002003'],
    ['CREATE MASKING POLICY bad AS (v VARCHAR) RETURNS NUMBER -> 1', '003508'],
    ['CREATE MASKING POLICY bad AS (v VARCHAR) RETURNS VARCHAR -> other', '000904'],
    [`EXECUTE USING POLICY_CONTEXT(CURRENT_ROLE => 'PUBLIC') AS SELECT * FROM people`, '000002'],
  ])('stop %s', async (sql, code) => {
    expect(await client.refusal(sql)).toMatchObject({ code });
  });

  it('are set by roles that own the table or may apply any policy', async () => {
    await client.run('CREATE TABLE plain (v VARCHAR)');
    await client.run('USE ROLE boss');
    expect(await client.refusal('ALTER TABLE plain MODIFY v SET MASKING POLICY governance.hidden')).toMatchObject({
      code: '002003',
    });
    await client.run('USE ROLE accountadmin');
    await client.run('GRANT APPLY MASKING POLICY ON ACCOUNT TO ROLE boss');
    await client.run('USE ROLE boss');
    await client.run('ALTER TABLE plain MODIFY v SET MASKING POLICY governance.hidden');
    await client.run('USE ROLE accountadmin');
  });
});
