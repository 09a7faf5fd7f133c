import type { FunctionRule, FunctionRules } from '../call.ts';
import { BOOLEAN, DATE, LTZ, NTZ, TEXT, TIME } from '../types.ts';
import type { Type } from '../types.ts';

const value =
  (sql: string, type: Type, arity = 0): FunctionRule =>
  (call) => {
    call.expect(0, arity);
    return { sql, type };
  };

const variable = (name: string): FunctionRule => value(`CAST(getvariable('${name}') AS VARCHAR)`, TEXT);

const NOW = `CAST(getvariable('sf_now') AS TIMESTAMPTZ)`;

/** What the session knows: the time, the user, the database. */
export const CONTEXT: FunctionRules = {
  CURRENT_AVAILABLE_ROLES: variable('sf_available_roles'),
  CURRENT_ACCOUNT: variable('sf_account'),
  CURRENT_ACCOUNT_NAME: variable('sf_account'),
  CURRENT_CLIENT: variable('sf_client'),
  CURRENT_DATABASE: variable('sf_database'),
  CURRENT_DATE: value(`CAST(CAST(${NOW} AS TIMESTAMP) AS DATE)`, DATE),
  CURRENT_IP_ADDRESS: value(`'127.0.0.1'`, TEXT),
  CURRENT_ORGANIZATION_NAME: value(`'LOCAL'`, TEXT),
  CURRENT_REGION: value(`'LOCAL'`, TEXT),
  CURRENT_ROLE: variable('sf_role'),
  CURRENT_ROLE_TYPE: value(`'ROLE'`, TEXT),
  CURRENT_SCHEMA: variable('sf_schema'),
  CURRENT_SCHEMAS: variable('sf_schemas'),
  CURRENT_SECONDARY_ROLES: variable('sf_secondary_roles'),
  CURRENT_SESSION: variable('sf_session'),
  CURRENT_STATEMENT: variable('sf_statement'),
  CURRENT_TIME: value(`CAST(CAST(${NOW} AS TIMESTAMP) AS TIME)`, TIME, 1),
  CURRENT_TIMESTAMP: value(NOW, LTZ, 1),
  CURRENT_TRANSACTION: variable('sf_transaction'),
  CURRENT_USER: variable('sf_user'),
  CURRENT_VERSION: value(`'9.0.0'`, TEXT),
  CURRENT_WAREHOUSE: variable('sf_warehouse'),
  GETDATE: value(NOW, LTZ),
  INVOKER_ROLE: variable('sf_invoker'),
  IS_ROLE_IN_SESSION: (call) => {
    call.expect(1);
    return { sql: `list_contains(CAST(getvariable('sf_session_roles') AS VARCHAR[]), ${call.text(0)})`, type: BOOLEAN };
  },
  LAST_QUERY_ID: (call) => {
    call.expect(0, 1);
    const index = call.has(0) ? call.integer(0) : '-1';
    return { sql: `_sf.query_id(getvariable('sf_query_ids'), ${index})`, type: TEXT };
  },
  LAST_TRANSACTION: variable('sf_last_transaction'),
  LOCALTIME: value(`CAST(CAST(${NOW} AS TIMESTAMP) AS TIME)`, TIME, 1),
  LOCALTIMESTAMP: value(NOW, LTZ, 1),
  SYSDATE: value(`(${NOW} AT TIME ZONE 'UTC')`, NTZ),
  SYSTIMESTAMP: value(NOW, LTZ),
  UUID_STRING: (call) => {
    call.expect(0, 2);
    return {
      sql: call.has(0) ? `_sf.uuid_of(_sf.uuid_digest(${call.text(0)}, ${call.text(1)}))` : 'CAST(uuid() AS VARCHAR)',
      type: TEXT,
    };
  },
};
