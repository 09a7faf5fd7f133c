import { BatchId, type TableRef } from '../../../events/contract.ts';
import { pipelineOf } from '../../../services/coordinator/pipelines/registry.ts';
import { LINEAGE } from '../../../services/extract/pipelines/definition.ts';
import { historyShadow } from '../../../services/extract/tables.ts';
import { target, targetShadow } from '../../../services/load/tables.ts';
import { quarantineShadow } from '../../../services/validate/tables.ts';
import { name, path } from '../../../shared/sql/identifier.ts';
import { fragment, join, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { sibling } from '../../../shared/sql/table.ts';
import { objectNames, type Deployment, type PipelineParts } from '../deployment.ts';
import { liveTables } from './processed.ts';

const QUARANTINED = [
  'DOCUMENT_ID',
  'BATCH_ID',
  'ATTEMPT',
  'STAGE',
  'KIND',
  'REASONS',
  'ROWS_HELD',
  'SRC',
  'SRC_TEXT',
  'FILE_NAME',
];
const QUARANTINED_TOO = ['FILE_ROW_NUMBER', 'ROW_VERSION', 'LOADED_AT', 'QUARANTINED_AT'];

/** One table that a backfill replaces rows of. */
export interface Published {
  readonly live: TableRef;
  readonly replaced: TableRef;
  /** The shadow's full name without the backfill's id at its end. */
  readonly shadow: string;
  readonly variable: 'HISTORY' | 'QUARANTINE' | 'TARGET';
  readonly names: readonly string[];
  readonly columns: Fragment;
  /** Columns that the live table may have gained since its replaced rows were first kept. */
  readonly gained: readonly { readonly name: string; readonly type: string }[];
  /** Creates it, where there is none yet. */
  readonly create: Statement;
  /** The service that may write it. */
  readonly writer: 'extract' | 'validate' | 'load';
  /** A row's day, told by the columns of `alias`. */
  readonly day: (alias: 'held' | 'b') => Fragment;
}

/** The three tables that a backfill publishes together. */
export const publishedTables = (to: Deployment, parts: PipelineParts): readonly Published[] => {
  const { extract, load } = parts;
  const names = objectNames(to, parts);
  const into = target(to.stage, load);
  const { date } = pipelineOf(extract.pipeline);
  const id = BatchId.parse('X');
  const table = (
    variable: Published['variable'],
    { create, writer }: Pick<Published, 'create' | 'writer'>,
    live: TableRef,
    shadow: TableRef,
    columns: readonly string[],
    day: (alias: Fragment) => Fragment,
    gained: Published['gained'] = [],
  ): Published => ({
    variable,
    create,
    writer,
    gained,
    live,
    replaced: sibling(live, `${live.split('.')[2]}_REPLACED`),
    shadow: shadow.slice(0, -1),
    names: columns,
    columns: join(
      columns.map((it) => fragment`${name(it)}`),
      ', ',
    ),
    day: (alias) => day(alias === 'held' ? fragment`held` : fragment`b`),
  });
  const dated = (alias: Fragment): Fragment => fragment`${alias}.${name(date.column)}`;
  const inDocument = (alias: Fragment): Fragment =>
    fragment`try_to_timestamp_ntz(${alias}.SRC${path(date.document)}::varchar)`;
  const created = liveTables(to, parts);
  const history = [...extract.columns, ...LINEAGE].map((it) => it.name);
  const quarantined = [...QUARANTINED, extract.key, ...QUARANTINED_TOO];
  return [
    table(
      'HISTORY',
      { create: created.history, writer: 'extract' },
      names.history,
      historyShadow(names.history, extract.pipeline, { id }),
      history,
      dated,
      extract.columns,
    ),
    table(
      'QUARANTINE',
      { create: created.quarantine, writer: 'validate' },
      names.quarantine,
      quarantineShadow(names.history, extract.pipeline, { id }),
      quarantined,
      inDocument,
      [{ name: 'DOCUMENT_ID', type: 'VARCHAR' }],
    ),
    table(
      'TARGET',
      { create: created.target, writer: 'load' },
      into,
      targetShadow(into, { id }),
      load.columns.map((it) => it.name),
      dated,
      load.columns,
    ),
  ];
};

/** Rows `b` that the chunks of the backfill brought. */
export const own = fragment`startswith(b.BATCH_ID, :CHUNKS)`;
