import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let now = new Date('2026-03-01T12:00:00Z');

const pass = async (seconds: number): Promise<void> => {
  now = new Date(now.getTime() + seconds * 1000);
  await fixture.warehouse.runDueTasks();
};

beforeAll(async () => {
  client = await fixture.start({ clock: () => now });
  await client.run('CREATE TABLE log (who VARCHAR, at TIMESTAMP_LTZ)');
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  await client.run('TRUNCATE TABLE log');
  for (const { name } of await client.run('SHOW TASKS')) await client.run(`DROP TASK ${String(name)}`);
});

const logged = async (): Promise<unknown[]> =>
  (await client.run('SELECT who FROM log ORDER BY at, who')).map(({ WHO }) => WHO);
const note = (who: string): string => `INSERT INTO log VALUES ('${who}', CURRENT_TIMESTAMP())`;
const states = async (name: string): Promise<unknown[]> =>
  (
    await client.run(
      `SELECT state FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => '${name}')) WHERE state <> 'SCHEDULED' ORDER BY scheduled_time`,
    )
  ).map(({ STATE }) => STATE);

describe('a scheduled task', () => {
  it('is made suspended, runs by its schedule once resumed, and no more when suspended', async () => {
    await client.run(`CREATE TASK t SCHEDULE = '5 MINUTES' AS ${note('t')}`);
    await pass(600);
    expect(await logged()).toEqual([]);
    await client.run('ALTER TASK t RESUME');
    await pass(299);
    expect(await logged()).toEqual([]);
    await pass(1);
    await pass(100);
    await pass(200);
    expect(await logged()).toEqual(['t', 't']);
    await client.run('ALTER TASK t SUSPEND');
    await pass(3600);
    expect(await logged()).toEqual(['t', 't']);
  });

  it('runs once, however many times it has missed', async () => {
    await client.run(`CREATE TASK t SCHEDULE = '1 SECONDS' AS ${note('t')}`);
    await client.run('ALTER TASK t RESUME');
    await pass(1000);
    expect(await logged()).toEqual(['t']);
  });

  it('is skipped while its condition does not hold', async () => {
    await client.run('CREATE OR REPLACE TABLE source (a INT)');
    await client.run('CREATE OR REPLACE STREAM s ON TABLE source APPEND_ONLY = TRUE');
    await client.run(
      `CREATE OR REPLACE TASK t SCHEDULE = '1 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('s') AS INSERT INTO log SELECT 'row ' || a, CURRENT_TIMESTAMP() FROM s`,
    );
    await client.run('ALTER TASK t RESUME');
    await pass(60);
    expect(await logged()).toEqual([]);
    await client.run('INSERT INTO source VALUES (7)');
    await pass(60);
    await pass(60);
    expect(await logged()).toEqual(['row 7']);
    expect(await states('T')).toEqual(['SKIPPED', 'SUCCEEDED', 'SKIPPED']);
  });

  it('runs procedures and blocks', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE p(who VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN INSERT INTO log VALUES (:who, CURRENT_TIMESTAMP()); RETURN 'x'; END $$`,
    );
    await client.run(`CREATE TASK calls SCHEDULE = 'USING CRON 0 * * * * UTC' AS CALL p('called')`);
    await client.run(
      `CREATE TASK blocks SCHEDULE = 'USING CRON 0 * * * * UTC' AS BEGIN LET who := 'block'; INSERT INTO log VALUES (:who, CURRENT_TIMESTAMP()); END`,
    );
    await client.run('ALTER TASK calls RESUME');
    await client.run('ALTER TASK blocks RESUME');
    await pass(3600);
    expect(new Set(await logged())).toEqual(new Set(['block', 'called']));
  });

  it('has its failures in the history and is suspended after too many in a row', async () => {
    await client.run(
      `CREATE TASK f SCHEDULE = '1 MINUTE' SUSPEND_TASK_AFTER_NUM_FAILURES = 2 AS INSERT INTO missing VALUES (1)`,
    );
    await client.run('ALTER TASK f RESUME');
    await pass(60);
    await pass(60);
    await pass(60);
    expect(await states('F')).toEqual(['FAILED', 'FAILED_AND_AUTO_SUSPENDED']);
    expect(await client.run(`SHOW TASKS LIKE 'f'`)).toMatchObject([
      { state: 'suspended', last_suspended_reason: 'SUSPENDED_DUE_TO_ERRORS' },
    ]);
    const [failure] = await client.run(
      `SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'f', ERROR_ONLY => TRUE, RESULT_LIMIT => 1))`,
    );
    expect(failure).toMatchObject({
      NAME: 'F',
      DATABASE_NAME: 'TEST',
      ERROR_CODE: '002003',
      SCHEDULED_FROM: 'SCHEDULE',
    });
  });
});

describe('a triggered task', () => {
  it('runs when its stream has data, though not more often than its interval', async () => {
    await client.run('CREATE OR REPLACE TABLE source (a INT)');
    await client.run('CREATE OR REPLACE STREAM s ON TABLE source APPEND_ONLY = TRUE');
    await client.run(
      `CREATE TASK t WHEN SYSTEM$STREAM_HAS_DATA('s') AS INSERT INTO log SELECT 'n' || a, CURRENT_TIMESTAMP() FROM s`,
    );
    await client.run('ALTER TASK t RESUME');
    await pass(1);
    await client.run('INSERT INTO source VALUES (1)');
    await pass(1);
    await client.run('INSERT INTO source VALUES (2)');
    await pass(10);
    expect(await logged()).toEqual(['n1']);
    await pass(20);
    expect(await logged()).toEqual(['n1', 'n2']);
    expect(
      (
        await client.run(
          `SELECT DISTINCT scheduled_from FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'T'))  WHERE query_start_time > '2026-03-01'`,
        )
      )[0],
    ).toEqual({ SCHEDULED_FROM: 'TRIGGER' });
  });
});

describe('a graph of tasks', () => {
  it('runs what follows when all before it has passed, hands values on, and ends with its finalizer', async () => {
    await client.run(
      `CREATE TASK root SCHEDULE = '1 HOUR' CONFIG = '{"to":"x"}' AS BEGIN ${note('root')}; CALL SYSTEM$SET_RETURN_VALUE('41'); END`,
    );
    await client.run(
      `CREATE TASK left_side AFTER root AS INSERT INTO log SELECT 'left ' || SYSTEM$GET_PREDECESSOR_RETURN_VALUE('root') || SYSTEM$GET_TASK_GRAPH_CONFIG('to'), CURRENT_TIMESTAMP()`,
    );
    await client.run(
      `CREATE TASK right_side AFTER root WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE('root')::NUMBER > 100 AS ${note('right')}`,
    );
    await client.run(`CREATE TASK both AFTER left_side, right_side AS ${note('both')}`);
    await client.run(`CREATE TASK leaf AFTER left_side AS ${note('leaf')}`);
    await client.run(`CREATE TASK final FINALIZE = root AS ${note('final')}`);
    for (const task of ['left_side', 'right_side', 'both', 'leaf', 'final', 'root'])
      await client.run(`ALTER TASK ${task} RESUME`);
    await pass(3600);
    expect(new Set(await logged())).toEqual(new Set(['final', 'leaf', 'left 41x', 'root']));
    expect(await client.refusal(`ALTER TASK leaf SET COMMENT = 'x'`)).toMatchObject({ code: '091089' });
  });

  it('does not run what follows a failure', async () => {
    await client.run(`CREATE TASK root SCHEDULE = '1 HOUR' AS SELECT 1/0`);
    await client.run(`CREATE TASK child AFTER root AS ${note('child')}`);
    await client.run('ALTER TASK child RESUME');
    await client.run('ALTER TASK root RESUME');
    await pass(3600);
    expect(await logged()).toEqual([]);
    expect(await states('ROOT')).toEqual(['FAILED']);
  });
});

describe('EXECUTE TASK', () => {
  it('runs a task at once, suspended or not', async () => {
    await client.run(`CREATE TASK t SCHEDULE = '1 HOUR' AS ${note('t')}`);
    expect(await client.run('EXECUTE TASK t')).toEqual([{ status: 'Task T is scheduled to run immediately.' }]);
    await pass(0);
    expect(await logged()).toEqual(['t']);
    expect(await client.refusal('EXECUTE TASK nope')).toMatchObject({ code: '002003' });
  });
});

describe('a task as an object', () => {
  it('needs a warehouse that is there, and something that makes it run', async () => {
    expect(await client.refusal("CREATE TASK t WAREHOUSE = nowhere SCHEDULE = '5 MINUTES' AS SELECT 1")).toMatchObject({
      code: '002043',
    });
    await client.run('CREATE TASK t AS SELECT 1');
    expect((await client.refusal('ALTER TASK t RESUME')).message).toContain('cannot be resumed');
    await client.run("ALTER TASK t SET SCHEDULE = '1 MINUTE', USER_TASK_TIMEOUT_MS = 60000");
    await client.run('ALTER TASK t RESUME');
    expect(await client.run("SHOW PARAMETERS LIKE 'user_task_timeout%' IN TASK t")).toMatchObject([
      { key: 'USER_TASK_TIMEOUT_MS', value: '60000', default: '3600000', level: 'TASK' },
    ]);
  });

  it('is listed, described, altered and replaced', async () => {
    await client.run('CREATE WAREHOUSE w');
    await client.run(
      `CREATE TASK t WAREHOUSE = w SCHEDULE = '5 MINUTES' COMMENT = 'c' WHEN SYSTEM$STREAM_HAS_DATA('s') AS SELECT 1`,
    );
    expect(await client.run(`SHOW TASKS LIKE 't' IN SCHEMA public`)).toMatchObject([
      {
        name: 'T',
        warehouse: 'W',
        schedule: '5 MINUTES',
        state: 'suspended',
        definition: 'SELECT 1',
        condition: `SYSTEM$STREAM_HAS_DATA('s')`,
        predecessors: '[]',
        comment: 'c',
      },
    ]);
    await client.run(`ALTER TASK t SET SCHEDULE = '1 MINUTE', COMMENT = 'd'`);
    await client.run('ALTER TASK t MODIFY AS SELECT 2');
    await client.run('ALTER TASK t REMOVE WHEN');
    expect((await client.run('DESCRIBE TASK t'))[0]).toMatchObject({
      schedule: '1 MINUTE',
      definition: 'SELECT 2',
      condition: null,
      comment: 'd',
    });
    await client.run('ALTER TASK t RESUME');
    expect(await client.refusal(`ALTER TASK t SET SCHEDULE = '2 MINUTE'`)).toMatchObject({ code: '091089' });
    await client.run(`CREATE OR REPLACE TASK t SCHEDULE = '1 MINUTE' AS SELECT 3`);
    expect((await client.run('DESC TASK t'))[0]).toMatchObject({ state: 'suspended', definition: 'SELECT 3' });
  });

  it('is refused with a schedule that is none, or conditions that need a warehouse', async () => {
    await expect(client.run(`CREATE TASK x SCHEDULE = '5 DAYS' AS SELECT 1`)).rejects.toThrow('invalid value [5 DAYS]');
    await expect(
      client.run(`CREATE TASK x SCHEDULE = '5 MINUTES' WHEN (SELECT COUNT(*) FROM log) > 5 AS SELECT 1`),
    ).rejects.toThrow('Task condition may not call COUNT');
    await expect(client.run(`CREATE TASK x SCHEDULE = '5 MINUTES' AFTER y AS SELECT 1`)).rejects.toMatchObject({
      code: '002003',
    });
  });
});

describe('DDL of tasks', () => {
  it('clones a task, suspended', async () => {
    await client.run(`CREATE TASK t SCHEDULE = '5 MINUTES' COMMENT = 'kept' AS ${note('t')}`);
    await client.run('ALTER TASK t RESUME');
    await client.run('CREATE TASK t2 CLONE t');
    expect(await client.run(`SHOW TASKS LIKE 't2'`)).toEqual([
      expect.objectContaining({ schedule: '5 MINUTES', comment: 'kept', state: 'suspended', definition: note('t') }),
    ]);
  });

  it('creates or alters a task, which loses what is no longer said', async () => {
    await client.run(`CREATE OR ALTER TASK t SCHEDULE = '5 MINUTES' COMMENT = 'c' CONFIG = '{"a":1}' AS SELECT 1`);
    await client.run(`CREATE OR ALTER TASK t SCHEDULE = '9 MINUTES' AS SELECT 2`);
    expect(await client.run(`SHOW TASKS LIKE 't'`)).toEqual([
      expect.objectContaining({ schedule: '9 MINUTES', comment: '', config: null, definition: 'SELECT 2' }),
    ]);
    await client.run('ALTER TASK t RESUME');
    const refused = await client.refusal(`CREATE OR ALTER TASK t SCHEDULE = '5 MINUTES' AS SELECT 3`);
    expect(refused.code).toBe('091089');
  });

  it('gives a graph its finalizer, and takes it away', async () => {
    await client.run(`CREATE TASK t SCHEDULE = '5 MINUTES' AS SELECT 1`);
    await client.run('CREATE TASK f AS SELECT 1');
    const relations = async (): Promise<unknown> =>
      JSON.parse(String((await client.run('DESCRIBE TASK t'))[0]!['task_relations']));
    await client.run('ALTER TASK f SET FINALIZE = t');
    expect(await relations()).toEqual({ Predecessors: [], FinalizerTask: 'TEST.PUBLIC.F' });
    await client.run('ALTER TASK f UNSET FINALIZE');
    expect(await relations()).toEqual({ Predecessors: [] });
  });

  it('lists and resumes what depends on a task', async () => {
    await client.run(`CREATE TASK a SCHEDULE = '5 MINUTES' AS SELECT 1`);
    await client.run('CREATE TASK b AFTER a AS SELECT 1');
    await client.run('CREATE TASK c AFTER b AS SELECT 1');
    const names = async (more: string): Promise<unknown[]> =>
      (await client.run(`SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(TASK_NAME => 'a'${more}))`)).map(
        ({ NAME }) => NAME,
      );
    expect(await names('')).toEqual(['A', 'B', 'C']);
    expect(await names(', RECURSIVE => FALSE')).toEqual(['A', 'B']);
    expect((await client.run('SHOW TASKS ROOT ONLY')).map(({ name }) => name)).toEqual(['A']);
    await client.run(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('a')`);
    expect((await client.run('SHOW TASKS')).map(({ state }) => state)).toEqual(['started', 'started', 'started']);
  });

  it('lets no task follow itself, nor one with a schedule follow another', async () => {
    await client.run(`CREATE TASK a SCHEDULE = '5 MINUTES' AS SELECT 1`);
    await client.run('CREATE TASK b AFTER a AS SELECT 1');
    await client.run('CREATE TASK c AFTER b AS SELECT 1');
    expect((await client.refusal('ALTER TASK b ADD AFTER c')).message).toContain('cannot follow');
    expect((await client.refusal('ALTER TASK a ADD AFTER c')).code).toBe('091083');
  });

  it('refuses what a task does not have', async () => {
    await client.run(`CREATE TASK t SCHEDULE = '5 MINUTES' AS SELECT 1`);
    expect((await client.refusal('ALTER TASK t UNSET NOTHING_OF_THE_KIND')).message).toContain('NOTHING_OF_THE_KIND');
    expect((await client.refusal(`ALTER TASK t SET TAG a = 'b'`)).code).toBe('002003');
    expect((await client.refusal('EXECUTE TASK t RETRY LAST')).message).toContain('EXECUTE TASK RETRY');
  });
});
