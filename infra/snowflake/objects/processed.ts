import type { TableRef } from '../../../events/contract.ts';
import { LINEAGE } from '../../../services/extract/pipelines/definition.ts';
import { historyLock } from '../../../services/extract/tables.ts';
import { fields } from '../../../services/extract/tables.ts';
import { loadLock, manifest, target } from '../../../services/load/tables.ts';
import { quarantineLock, quarantineLog, released, validations } from '../../../services/validate/tables.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { objectNames, type Deployment, type PipelineParts } from '../deployment.ts';

const columns = (list: readonly { readonly name: string; readonly type: string }[]): Fragment =>
  join(
    list.map((it) => fragment`${name(it.name)} ${trusted(it.type)}`),
    ',\n  ',
  );

/** Brings a table that was made for an older definition up to date: columns are added, never changed or dropped. */
const missingColumns = (table: TableRef, list: Parameters<typeof columns>[0]): readonly Statement[] =>
  list.map(
    (it) => sql('add-column')`
    alter table ${ident(table)} add column if not exists ${name(it.name)} ${trusted(it.type)}
  `,
  );

/** A table of one row, for writers to update before they write. */
const lock = (of: string, table: TableRef): readonly Statement[] => [
  sql(`create-${of}-lock`)`create table if not exists ${ident(table)} (BATCH_ID varchar)`,
  sql(`fill-${of}-lock`)`
    insert into ${ident(table)} (BATCH_ID)
    select null where not exists (select 1 from ${ident(table)})
  `,
];

/** The statements that create the three tables which a backfill publishes, where they are not there yet. */
export const liveTables = (to: Deployment, { extract, load }: PipelineParts) => {
  const names = objectNames(to, { extract });
  return {
    history: sql('create-history-table')`
      create table if not exists ${ident(names.history)} (
        ${columns([...extract.columns, ...LINEAGE])}
      )
    `,
    quarantine: sql('create-quarantine-table')`
      create table if not exists ${ident(names.quarantine)} (
        DOCUMENT_ID varchar, BATCH_ID varchar, ATTEMPT number(10,0), STAGE varchar, KIND varchar, ${name(extract.key)} varchar, REASONS array,
        ROWS_HELD number(38,0), SRC variant, SRC_TEXT varchar, FILE_NAME varchar, FILE_ROW_NUMBER number(38,0),
        ROW_VERSION varchar, LOADED_AT timestamp_ltz, QUARANTINED_AT timestamp_ntz
      )
    `,
    target: sql('create-target-table')`
      create table if not exists ${ident(target(to.stage, load))} (
        ${columns(load.columns)}
      )
    `,
  };
};

/** What the services hand over and keep: waiting documents, normalized history, quarantine, target, manifest. */
export const processed = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  const { extract, load } = parts;
  const names = objectNames(to, parts);
  const into = target(to.stage, load);
  const live = liveTables(to, parts);
  return [
    sql('create-streamed-table')`
      create table if not exists ${ident(names.streamed)} (
        SRC variant, SRC_TEXT varchar, FILE_NAME varchar, FILE_ROW_NUMBER number(38,0), LOADED_AT timestamp_ltz,
        STREAMED_AT timestamp_ntz, BATCH_ID varchar, CLAIMED_AT timestamp_ntz
      )
    `,
    live.history,
    ...missingColumns(names.history, extract.columns),
    sql('create-fields-table')`
      create table if not exists ${ident(fields(names.history, extract.pipeline))} (
        PATH varchar, KIND varchar, WHAT varchar, COLUMN_NAME varchar, BATCH_ID varchar, FIRST_SEEN timestamp_ntz
      )
    `,
    ...lock('history', historyLock(names.history)),
    live.quarantine,
    ...missingColumns(names.quarantine, [{ name: 'DOCUMENT_ID', type: 'VARCHAR' }]),
    sql('create-quarantine-log-table')`
      create table if not exists ${ident(quarantineLog(names.quarantine, extract.pipeline))} (
        DOCUMENT_ID varchar, WHAT varchar, BATCH_ID varchar, ATTEMPT number(10,0), STAGE varchar, FILE_NAME varchar,
        FILE_ROW_NUMBER number(38,0), RELEASE_BATCH varchar, REQUEST_ID varchar, SAID_BY varchar, REASON varchar,
        NOTED_AT timestamp_ntz
      )
    `,
    sql('create-validations-table')`
      create table if not exists ${ident(validations(names.quarantine, extract.pipeline))} (
        BATCH_ID varchar, ATTEMPT number(10,0), STAGE varchar, SUITE varchar, SUITE_VERSION varchar, SUCCESS boolean,
        OUTCOME varchar, RESULT variant, VALIDATED_AT timestamp_ntz
      )
    `,
    sql('create-released-table')`
      create table if not exists ${ident(released(names.quarantine, extract.pipeline))} (
        SRC variant, SRC_TEXT varchar, FILE_NAME varchar, FILE_ROW_NUMBER number(38,0), LOADED_AT timestamp_ltz,
        BATCH_ID varchar, RELEASED_AT timestamp_ntz
      )
    `,
    sql('create-quarantine-lock')`
      create table if not exists ${ident(quarantineLock(names.quarantine, extract.pipeline))} (BATCH_ID varchar)
    `,
    sql('fill-quarantine-lock')`
      insert into ${ident(quarantineLock(names.quarantine, extract.pipeline))} (BATCH_ID)
      select null where not exists (select 1 from ${ident(quarantineLock(names.quarantine, extract.pipeline))})
    `,
    live.target,
    ...missingColumns(into, load.columns),
    sql('create-manifest-table')`
      create table if not exists ${ident(manifest(into))} (
        PIPELINE varchar, BATCH_ID varchar, ATTEMPT number(10,0), ROWS_LOADED number(38,0), DOCUMENTS_LOADED number(38,0),
        ROWS_SUPERSEDED number(38,0), DOCUMENTS_SUPERSEDED number(38,0), LOADED_AT timestamp_ntz
      )
    `,
    ...lock('load', loadLock(into)),
  ];
};
