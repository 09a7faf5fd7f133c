import snowflake from 'snowflake-sdk';
import { flowOf } from '../../infra/cli/flow/flow-tables.ts';
import { openSession } from '../../infra/cli/session.ts';
import { OPERATOR } from '../../infra/local/operator.ts';
import { startWarehouse } from '../../infra/local/warehouse/server.ts';
import { definition, pipelineParts } from '../../infra/snowflake/definition.ts';
import { validations } from '../../services/validate/tables.ts';
import { connect } from '../../shared/snowflake/connect.ts';
import { sessionOn, type Session as ServiceSession } from '../../shared/snowflake/session.ts';
import { count, type Warehouse } from '../../shared/snowflake/warehouse.ts';
import type { Statement } from '../../shared/sql/statement.ts';

const DEPLOYMENT = {
  stage: 'dev' as const,
  bucket: 'landing',
  storageIntegration: 'LANDING',
  landingRoleArn: 'arn:aws:iam::000000000000:role/landing',
  inboundTopicArn: 'arn:aws:sns:eu-west-1:000000000000:inbound',
  inboundRoleArn: 'arn:aws:iam::000000000000:role/inbound',
  schedule: '60 MINUTES',
  thresholdRows: 500,
  maxAgeSeconds: 60,
};
const KEYS = { extract: '', validate: '', transform: '', load: '', coordinator: '' };
// Tables alone: documents are put where the trigger leaves them, so that batches can be cut in any way.
const TABLES =
  /^(create-(database|schema|stream|batch-log|trigger-outbox|backfill-batches|backfill-fates|[\w-]+-table|[\w-]+-lock)|fill-[\w-]+-lock)$/;
const CONFIG = { SNOWFLAKE_ACCOUNT: '-', SNOWFLAKE_USER: '-', SNOWFLAKE_ROLE: '-', SNOWFLAKE_WAREHOUSE: '-' };

const openOperator = async (accessUrl: string): Promise<ServiceSession> => {
  const connection = snowflake.createConnection({
    ...OPERATOR,
    accessUrl,
    fetchAsString: ['Number'],
    representNullAsStringNull: false,
  });
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  return sessionOn(connection);
};

/**
 * A real local warehouse with a pipeline's tables in it, empty; `objects` says which statements of its definition make it, `lateCommitsMs`
 * for how long services may not see what others have committed.
 */
export const openWorld = async (pipeline = 'orders', objects = TABLES, lateCommitsMs = 0) => {
  const warehouse = await startWarehouse({ timeZone: 'UTC', lateCommitsMs });
  const session = await openSession(warehouse.url);
  const flow = flowOf(pipeline);
  const parts = pipelineParts().find((it) => it.extract.pipeline === pipeline)!;
  for (const statement of definition(DEPLOYMENT, parts, KEYS).filter((it) => objects.test(it.name)))
    await session.rows(statement);
  const tables = [
    flow.raw,
    flow.streamed,
    flow.streamed.replace(/_STREAMED$/, ''),
    flow.quarantine,
    flow.quarantineLog,
    flow.released,
    flow.streamed.replace(/_STREAMED$/, '_FIELDS'),
    validations(flow.quarantine, pipeline),
    flow.target,
    flow.manifest,
    flow.log,
  ];
  // Services meet commits late, as on Snowflake; who looks at the outcome does not: a transaction sees the present.
  const rows = async (statement: Pick<Statement, 'text'> & Partial<Statement>) => {
    if (lateCommitsMs === 0 || !/^\s*select\b/i.test(statement.text)) return session.rows(statement);
    await session.rows({ text: 'begin' });
    const found = await session.rows(statement);
    await session.rows({ text: 'rollback' });
    return found;
  };

  return {
    flow,
    rows,
    size: async (from: string): Promise<number> =>
      count((await rows({ text: `select count(*) as N from ${from}` }))[0]?.['N'] ?? null),
    /** A service's own way to the warehouse. */
    connect: (): Warehouse => connect(CONFIG, { log: () => undefined, open: () => openOperator(warehouse.url) }),
    async empty(): Promise<void> {
      for (const table of tables) await rows({ text: `delete from ${table}` });
    },
    async close(): Promise<void> {
      await session.close();
      await warehouse.close();
    },
  };
};
export type World = Awaited<ReturnType<typeof openWorld>>;
