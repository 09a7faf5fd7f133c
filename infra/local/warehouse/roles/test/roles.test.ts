import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const INSUFFICIENT = { code: '003001', sqlState: '42501' };
const MISSING = { code: '002003', sqlState: '42S02' };

const fixture = new Fixture();
let admin: Client;
let reader: Client;
let writer: Client;

beforeAll(async () => {
  admin = await fixture.start();
  for (const statement of [
    'CREATE ROLE reader',
    'CREATE ROLE writer',
    "CREATE USER reader_user PASSWORD = 'secret' DEFAULT_ROLE = reader DEFAULT_NAMESPACE = test.public",
    "CREATE USER writer_user PASSWORD = 'secret' DEFAULT_ROLE = writer",
    'GRANT ROLE reader TO USER reader_user',
    'GRANT ROLE writer TO USER writer_user',
    'GRANT USAGE ON DATABASE test TO ROLE reader',
    'GRANT USAGE ON DATABASE test TO ROLE writer',
    'GRANT USAGE ON SCHEMA test.public TO ROLE reader',
    'GRANT USAGE, CREATE TABLE, CREATE VIEW ON SCHEMA test.public TO ROLE writer',
    'CREATE TABLE test.public.secret (a INT)',
    'GRANT SELECT ON FUTURE TABLES IN SCHEMA test.public TO ROLE reader',
  ]) {
    await admin.run(statement);
  }
  reader = await fixture.connect({ username: 'reader_user', password: 'secret' });
  writer = await fixture.connect({ username: 'writer_user', password: 'secret' });
});
afterAll(() => fixture.stop());

describe('a login', () => {
  it('gets in with any password where no such user was created', async () => {
    const anyone = await fixture.connect({ username: 'anyone', password: 'whatever' });
    expect(await anyone.run('SELECT CURRENT_ROLE() AS r')).toEqual([{ R: 'ACCOUNTADMIN' }]);
  });

  it('is refused with the wrong password, and with a role that the user does not have', async () => {
    await expect(fixture.connect({ username: 'reader_user', password: 'wrong' })).rejects.toMatchObject({
      code: '390100',
    });
    await expect(
      fixture.connect({ username: 'reader_user', password: 'secret', role: 'WRITER' }),
    ).rejects.toMatchObject({ code: '390189' });
  });

  it('starts with the default role at the default place', async () => {
    expect(await reader.run('SELECT CURRENT_USER() AS u, CURRENT_ROLE() AS r, CURRENT_DATABASE() AS d')).toEqual([
      { U: 'READER_USER', R: 'READER', D: 'TEST' },
    ]);
  });

  it('by key pair is checked against the public key of the user', async () => {
    const pair = () =>
      generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
    const [right, wrong] = [pair(), pair()];
    const key = right.publicKey.replace(/-----[^-]+-----|\s/g, '');
    await admin.run(`CREATE OR REPLACE USER key_user TYPE = SERVICE RSA_PUBLIC_KEY = '${key}' DEFAULT_ROLE = reader`);
    await admin.run('GRANT ROLE reader TO USER key_user');
    const described = await admin.run('DESCRIBE USER key_user');
    expect(described.find((row) => row['property'] === 'RSA_PUBLIC_KEY')).toMatchObject({ value: key });
    expect(described.find((row) => row['property'] === 'RSA_PUBLIC_KEY_FP')).toMatchObject({
      value: expect.stringMatching(/^SHA256:[\w+/]{43}=$/),
    });
    const options = { username: 'key_user', authenticator: 'SNOWFLAKE_JWT' };
    const client = await fixture.connect({ ...options, privateKey: right.privateKey });
    expect(await client.run('SELECT CURRENT_ROLE() AS r')).toEqual([{ R: 'READER' }]);
    await expect(fixture.connect({ ...options, privateKey: wrong.privateKey })).rejects.toMatchObject({
      code: '390100',
    });
    await expect(fixture.connect({ username: 'key_user', password: '' })).rejects.toThrow('password');
  });
});

describe('a role', () => {
  it('does not see what it has no privilege on', async () => {
    expect(await reader.refusal('SELECT * FROM test.public.secret')).toMatchObject(MISSING);
    expect((await reader.run('SHOW TABLES')).map(({ name }) => name)).not.toContain('SECRET');
  });

  it('reads what future grants promise, and may do no more with it', async () => {
    await writer.run('CREATE TABLE test.public.shared (a INT)');
    await writer.run('INSERT INTO test.public.shared VALUES (1)');
    expect(await reader.run('SELECT * FROM test.public.shared')).toEqual([{ A: 1 }]);
    for (const statement of [
      'INSERT INTO test.public.shared VALUES (2)',
      'UPDATE test.public.shared SET a = 2',
      'DELETE FROM test.public.shared',
      'TRUNCATE TABLE test.public.shared',
      'DROP TABLE test.public.shared',
      'ALTER TABLE test.public.shared ADD COLUMN b INT',
      'CREATE OR REPLACE TABLE test.public.shared (a INT)',
      'CREATE TABLE test.public.mine (a INT)',
      'CREATE TABLE test.public.mine AS SELECT 1 AS a',
    ]) {
      expect(await reader.refusal(statement)).toMatchObject(INSUFFICIENT);
    }
    expect(await admin.run('SELECT * FROM test.public.shared')).toEqual([{ A: 1 }]);
  });

  it('needs USAGE on database and schema besides the privilege on the table', async () => {
    await admin.run('CREATE SCHEMA test.hidden');
    await admin.run('CREATE TABLE test.hidden.t (a INT)');
    await admin.run('GRANT SELECT ON TABLE test.hidden.t TO ROLE reader');
    expect(await reader.refusal('SELECT * FROM test.hidden.t')).toMatchObject(MISSING);
    await admin.run('GRANT USAGE ON SCHEMA test.hidden TO ROLE reader');
    expect(await reader.run('SELECT * FROM test.hidden.t')).toEqual([]);
    await admin.run('REVOKE SELECT ON TABLE test.hidden.t FROM ROLE reader');
    expect(await reader.refusal('SELECT * FROM test.hidden.t')).toMatchObject(MISSING);
  });

  it('reads a view without privileges on the tables behind it', async () => {
    await admin.run('CREATE VIEW test.public.window_on_secret AS SELECT COUNT(*) AS n FROM test.public.secret');
    await admin.run('GRANT SELECT ON VIEW test.public.window_on_secret TO ROLE reader');
    expect(await reader.run('SELECT * FROM test.public.window_on_secret')).toEqual([{ N: 0 }]);
  });

  it('has what is granted to the roles that it has', async () => {
    await admin.run('CREATE ROLE lead');
    await admin.run('GRANT ROLE writer TO ROLE lead');
    await admin.run('GRANT ROLE lead TO USER reader_user');
    expect(await reader.refusal('USE ROLE accountadmin')).toMatchObject({ code: '003013', sqlState: '42501' });
    await reader.run('USE ROLE lead');
    await reader.run('INSERT INTO test.public.shared VALUES (3)');
    await reader.run('USE ROLE reader');
    expect(await reader.refusal('INSERT INTO test.public.shared VALUES (4)')).toMatchObject(INSUFFICIENT);
  });

  it('makes temporary tables without the privilege to create tables', async () => {
    await reader.run('CREATE TEMPORARY TABLE test.public.scratch (a INT)');
    await reader.run('INSERT INTO test.public.scratch VALUES (1)');
    expect(await reader.run('SELECT * FROM test.public.scratch')).toEqual([{ A: 1 }]);
    expect(await writer.refusal('SELECT * FROM test.public.scratch')).toMatchObject(MISSING);
  });

  it('cannot make users, roles or databases, nor grant what it does not own', async () => {
    for (const statement of [
      'CREATE USER x',
      'CREATE ROLE x',
      'CREATE DATABASE x',
      'GRANT SELECT ON TABLE test.public.shared TO ROLE reader',
      'GRANT ROLE accountadmin TO ROLE reader',
      'GRANT ROLE sysadmin TO USER reader_user',
    ]) {
      expect(await reader.refusal(statement)).toMatchObject(INSUFFICIENT);
    }
  });

  it('hands over what it owns by GRANT OWNERSHIP', async () => {
    await writer.run('CREATE TABLE test.public.handed (a INT)');
    await writer.run('GRANT OWNERSHIP ON TABLE test.public.handed TO ROLE reader COPY CURRENT GRANTS');
    expect(await writer.refusal('DROP TABLE test.public.handed')).toMatchObject(MISSING);
    await reader.run('DROP TABLE test.public.handed');
  });

  it('keeps a privilege of which only the grant option is revoked', async () => {
    await admin.run('CREATE OR REPLACE ROLE giver');
    await admin.run('CREATE OR REPLACE TABLE test.public.given (a INT)');
    await admin.run('GRANT SELECT ON TABLE test.public.given TO ROLE giver WITH GRANT OPTION');
    const granted = async (): Promise<unknown[]> =>
      (await admin.run('SHOW GRANTS TO ROLE giver')).map(({ privilege, grant_option }) => [privilege, grant_option]);
    expect(await granted()).toEqual([['SELECT', true]]);
    await admin.run('REVOKE GRANT OPTION FOR SELECT ON TABLE test.public.given FROM ROLE giver');
    expect(await granted()).toEqual([['SELECT', false]]);
  });

  it('gets all that is in a schema by GRANT OWNERSHIP ON ALL', async () => {
    await admin.run('CREATE OR REPLACE SCHEMA test.estate');
    await admin.run('CREATE TABLE test.estate.one (a INT)');
    await admin.run('CREATE TABLE test.estate.two (a INT)');
    await admin.run('GRANT OWNERSHIP ON ALL TABLES IN SCHEMA test.estate TO ROLE reader COPY CURRENT GRANTS');
    expect((await admin.run('SHOW TABLES IN SCHEMA test.estate')).map(({ owner }) => owner)).toEqual([
      'READER',
      'READER',
    ]);
    expect(await admin.run('SHOW GRANTS ON TABLE test.estate.one')).toEqual([
      expect.objectContaining({ privilege: 'OWNERSHIP', grantee_name: 'READER' }),
    ]);
    await admin.run('GRANT SELECT ON FUTURE VIEWS IN SCHEMA test.estate TO ROLE reader');
    expect(await admin.run('SHOW FUTURE GRANTS TO ROLE reader')).toContainEqual(
      expect.objectContaining({ privilege: 'SELECT', grant_on: 'VIEW', name: 'TEST.ESTATE.<VIEW>' }),
    );
  });

  it('belongs to the account: roles of databases and applications are refused by name', async () => {
    for (const statement of ['CREATE DATABASE ROLE test.r', 'GRANT DATABASE ROLE test.r TO ROLE reader'])
      expect((await admin.refusal(statement)).message).toBe("Unsupported feature 'DATABASE ROLE'.");
  });
});
