import { ident, name } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { accountNames, type Deployment, type PipelineParts } from '../deployment.ts';

/** Databases, schemas and the warehouse that everything else lives in and runs on. */
export const containers = (to: Deployment, { extract, load }: PipelineParts): readonly Statement[] => {
  const prefix = to.stage.toUpperCase();
  const schemas = [
    `${prefix}_RAW.${extract.schema}`,
    `${prefix}_RAW_PROCESSED.${extract.schema}`,
    `${prefix}_RAW_PROCESSED.FIRN`,
    `${prefix}_ANALYTICS.${load.schema}`,
  ];
  const databases = [...new Set(schemas.map((it) => it.split('.')[0]!))];
  return [
    sql('create-warehouse')`
      create warehouse if not exists ${name(accountNames(to).warehouse)}
        warehouse_size = 'XSMALL' auto_suspend = 60 auto_resume = true initially_suspended = true
    `,
    ...databases.map((it) => sql('create-database')`create database if not exists ${name(it)}`),
    ...schemas.map((it) => sql('create-schema')`create schema if not exists ${ident(it)}`),
  ];
};
