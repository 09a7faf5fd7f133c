import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run('CREATE TABLE docs (v VARIANT)');
  await client.run(`CREATE STAGE landing URL = 's3://landing/in/' COMMENT = 'raw files'`);
  await client.run('CREATE STAGE own');
  await client.run('CREATE FILE FORMAT lines TYPE = CSV SKIP_HEADER = 1 TRIM_SPACE = TRUE');
  await client.run('CREATE FILE FORMAT documents TYPE = JSON');
  await client.run(
    `CREATE PIPE loader AUTO_INGEST = TRUE AS COPY INTO docs FROM @landing PATTERN = '.*json' FILE_FORMAT = (TYPE = JSON)`,
  );
  await client.run(`CREATE PROCEDURE twice(n INT, s VARCHAR) RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN n * 2; END'`);
});
afterAll(() => fixture.stop());

describe('INFORMATION_SCHEMA', () => {
  it('lists stages, internal and external ones', async () => {
    expect(
      await client.run('SELECT * EXCLUDE created FROM INFORMATION_SCHEMA.STAGES ORDER BY stage_name'),
    ).toMatchObject([
      { STAGE_NAME: 'LANDING', STAGE_URL: 's3://landing/in/', STAGE_TYPE: 'External Named', COMMENT: 'raw files' },
      { STAGE_NAME: 'OWN', STAGE_URL: null, STAGE_TYPE: 'Internal Named', STAGE_OWNER: 'ACCOUNTADMIN' },
    ]);
  });

  it('lists file formats with their options and defaults', async () => {
    expect(
      await client.run(
        'SELECT file_format_name AS n, file_format_type AS t, skip_header AS h, trim_space AS s FROM INFORMATION_SCHEMA.FILE_FORMATS ORDER BY n',
      ),
    ).toEqual([
      { N: 'DOCUMENTS', T: 'JSON', H: null, S: 'false' },
      { N: 'LINES', T: 'CSV', H: 1, S: 'true' },
    ]);
  });

  it('lists pipes and procedures', async () => {
    expect(await client.run('SELECT * FROM INFORMATION_SCHEMA.PIPES')).toMatchObject([
      { PIPE_SCHEMA: 'PUBLIC', PIPE_NAME: 'LOADER', IS_AUTOINGEST_ENABLED: 'YES', PATTERN: '.*json' },
    ]);
    expect(await client.run('SELECT * FROM INFORMATION_SCHEMA.PROCEDURES')).toMatchObject([
      {
        PROCEDURE_NAME: 'TWICE',
        ARGUMENT_SIGNATURE: '(N NUMBER, S VARCHAR)',
        DATA_TYPE: 'NUMBER',
        PROCEDURE_LANGUAGE: 'SQL',
      },
    ]);
  });

  it('knows the database that it belongs to', async () => {
    expect(await client.run('SELECT * FROM test.INFORMATION_SCHEMA.INFORMATION_SCHEMA_CATALOG_NAME')).toEqual([
      { CATALOG_NAME: 'TEST' },
    ]);
  });
});
