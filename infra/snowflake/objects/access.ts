import {
  backfillBatches,
  backfillComparisons,
  batchLog,
  deadLetters,
  logLock,
  rawTable,
} from '../../../services/coordinator/tables.ts';
import { historyLock } from '../../../services/extract/tables.ts';
import { fields } from '../../../services/extract/tables.ts';
import { loadLock, manifest, target } from '../../../services/load/tables.ts';
import { quarantineLock, quarantineLog, released, validations } from '../../../services/validate/tables.ts';
import { ident, name, type Identifier } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import { accountNames, objectNames, roleOf, type Deployment, type PipelineParts } from '../deployment.ts';

/** The services that log in to Snowflake, each as a user and role of its own. */
export const SERVICES = ['extract', 'validate', 'transform', 'load', 'coordinator'] as const;

/** What a service logs in by: its public key, base64 of its DER form, or the ARN of the AWS role that its function has. */
export type Identities = Readonly<Record<(typeof SERVICES)[number], string>>;

/** Roles, users and grants: every service may read what is handed over, and write only what is its own. */
export const access = (to: Deployment, parts: PipelineParts, identities: Identities): readonly Statement[] => {
  const { reader, warehouse } = accountNames(to);
  const names = objectNames(to, parts);
  const into = target(to.stage, parts.load);
  const schemaOf = (table: string): string => table.split('.').slice(0, 2).join('.');
  const readable = [schemaOf(names.streamed), schemaOf(batchLog(to.stage)), schemaOf(into)];
  const grant = (what: string, on: string, service: string): Statement =>
    sql('grant-table')`grant ${trusted(what)} on table ${ident(on)} to role ${name(roleOf(to, service))}`;
  const createTables = (service: string): Statement =>
    sql('grant-create-table')`
      grant create table on schema ${ident(schemaOf(names.streamed))} to role ${name(roleOf(to, service))}
    `;
  return [
    sql('create-role')`create role if not exists ${name(reader)}`,
    ...[...new Set(readable.map((it) => it.split('.')[0]!))].map(
      (it) => sql('grant-database')`grant usage on database ${name(it)} to role ${name(reader)}`,
    ),
    ...readable.flatMap((it) => [
      sql('grant-schema')`grant usage on schema ${ident(it)} to role ${name(reader)}`,
      sql('grant-tables')`grant select on all tables in schema ${ident(it)} to role ${name(reader)}`,
      sql('grant-future-tables')`grant select on future tables in schema ${ident(it)} to role ${name(reader)}`,
    ]),
    ...SERVICES.flatMap((service) => {
      const role = name(roleOf(to, service));
      return [
        sql('create-role')`create role if not exists ${role}`,
        sql('grant-reader')`grant role ${name(reader)} to role ${role}`,
        sql('grant-warehouse')`grant usage on warehouse ${name(warehouse)} to role ${role}`,
        sql('create-user')`
          create user if not exists ${role} type = service default_role = ${role} default_warehouse = ${name(warehouse)}
        `,
        identify(role, identities[service]),
        sql('grant-role')`grant role ${role} to user ${role}`,
      ];
    }),
    ...['extract', 'validate', 'transform', 'coordinator'].map(createTables),
    sql('grant-create-shadow')`
      grant create table on schema ${ident(schemaOf(into))} to role ${name(roleOf(to, 'load'))}
    `,
    grant('insert, delete', names.history, 'extract'),
    grant('update', historyLock(names.history), 'extract'),
    grant('insert', fields(names.history, parts.extract.pipeline), 'extract'),
    grant('insert, delete', names.quarantine, 'validate'),
    grant('insert', quarantineLog(names.quarantine, parts.extract.pipeline), 'validate'),
    grant('insert', validations(names.quarantine, parts.extract.pipeline), 'validate'),
    grant('insert', released(names.quarantine, parts.extract.pipeline), 'validate'),
    grant('update', quarantineLock(names.quarantine, parts.extract.pipeline), 'validate'),
    grant('insert, delete', into, 'load'),
    grant('insert', manifest(into), 'load'),
    grant('update', loadLock(into), 'load'),
    grant('insert', batchLog(to.stage), 'coordinator'),
    grant('update', logLock(to.stage), 'coordinator'),
    grant('insert', deadLetters(to.stage), 'coordinator'),
    grant('insert', backfillBatches(to.stage), 'coordinator'),
    grant('insert', backfillComparisons(to.stage), 'coordinator'),
    grant('select', rawTable(to.stage, parts.extract), 'coordinator'),
    // What the warehouse costs is told to nobody else; it shows figures, and no query.
    sql('grant-usage-figures')`grant monitor usage on account to role ${name(roleOf(to, 'coordinator'))}`,
  ];
};

const identify = (user: Identifier, identity: string): Statement =>
  identity.startsWith('arn:')
    ? sql('set-workload-identity')`alter user ${user} set workload_identity = (type = aws arn = ${literal(identity)})`
    : sql('set-public-key')`alter user ${user} set rsa_public_key = ${literal(identity)}`;
