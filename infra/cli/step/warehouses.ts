import snowflake from 'snowflake-sdk';
import { BadMessage } from '../../../shared/errors.ts';
import { snowflakeRole, snowflakeWarehouse } from '../../../shared/names.ts';
import { name } from '../../../shared/sql/identifier.ts';
import { connect } from '../../../shared/snowflake/connect.ts';
import { SnowflakeConfig } from '../../../shared/snowflake/config.ts';
import { limit, sessionOn, type Session } from '../../../shared/snowflake/session.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { serviceEnvironment } from '../../local/service-environment.ts';
import { accountConnection } from '../account-connection.ts';
import type { Remote } from '../target.ts';

/** A service's way to the warehouse, by its own role. */
export type WarehouseOf = (service: string) => Warehouse;

const log = (): void => undefined;

/** On the laptop every service logs in by its own key. */
export const localWarehouses =
  (warehouseUrl: string, keys: Readonly<Record<string, { readonly privateKey: string }>>): WarehouseOf =>
  (service) => {
    const { privateKey } = keys[service]!;
    const environment = { stage: 'dev', service, privateKey, warehouseUrl, busName: '-' } as const;
    return connect(SnowflakeConfig.parse(serviceEnvironment(environment)), { log, stage: service });
  };

/**
 * On a stage it is you who log in, as Snowflake's connections.toml says, and then take the service's role: what the service may not do
 * fails here, too.
 */
export const stageWarehouses =
  (remote: Remote): WarehouseOf =>
  (service) => {
    const role = snowflakeRole(remote.stage, service);
    const warehouse = snowflakeWarehouse(remote.stage);
    const config = {
      SNOWFLAKE_ACCOUNT: '-',
      SNOWFLAKE_USER: '-',
      SNOWFLAKE_ROLE: role,
      SNOWFLAKE_WAREHOUSE: warehouse,
    };
    return connect(config, { log, stage: service, open: () => openAs(remote, role, warehouse) });
  };

const openAs = async (remote: Remote, role: string, warehouse: string): Promise<Session> => {
  // The driver keeps this for all of a process, and takes it from no file: a number that is not there would be the text NULL.
  snowflake.createConnection({ account: 'none', username: 'none', password: 'none', representNullAsStringNull: false });
  const connection = accountConnection(remote);
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  const session = sessionOn(connection);
  const run = (text: string): Promise<unknown> =>
    session.execute(text, [], { pipeline: '-', batchId: '-', attempt: 0 });
  await run(`USE ROLE ${name(role).text}`).catch((cause: Error) => {
    throw new BadMessage(`you may not work as ${role}: GRANT ROLE ${role} TO USER <you>`, {}, { cause });
  });
  await run(`USE WAREHOUSE ${name(warehouse).text}`);
  await limit(session);
  return session;
};
