import type { Command, StatementContext } from '../../session/command.ts';
import { integer, text, timestamp, type Cell } from '../../session/outcome.ts';
import type { CatalogObject, TableDetails, ViewDetails } from '../object.ts';
import { clusterText } from '../cluster-text.ts';
import { sizeText } from '../table-size.ts';
import { showCommand } from '../show.ts';

const created = timestamp('created_on');
const inSchema = [created, text('name'), text('database_name'), text('schema_name')];
const on = (value: boolean): string => (value ? 'ON' : 'OFF');

const place = ({ path, createdOn }: CatalogObject): Cell[] => [new Date(createdOn), path[2], path[0], path[1]];

const kindOf = ({ lifetime = 'permanent' }: Partial<TableDetails>): string =>
  lifetime === 'permanent' ? 'TABLE' : lifetime.toUpperCase();

const viewKind = ({ materialized }: ViewDetails): string => (materialized ? 'MATERIALIZED_VIEW' : 'VIEW');

const rowsAndBytes = async ({ session }: StatementContext, details: TableDetails): Promise<Cell[]> => {
  const [row] = await session.duck.rows(
    `SELECT (SELECT count(*) FROM ${details.physical}) AS n, ${sizeText(details)} AS bytes`,
  );
  return [Number(row?.['n'] ?? 0), Number(row?.['bytes'] ?? 0)];
};

const yes = (value: boolean): string => (value ? 'Y' : 'N');

const temporaryTables = ({ session }: StatementContext, within: readonly string[]): CatalogObject[] =>
  [...session.temporary.values()].filter(({ path }) => within.every((part, i) => path[i] === part));

const temporaryViews = ({ session }: StatementContext, within: readonly string[]): CatalogObject[] =>
  [...session.temporaryViews.values()].filter(({ path }) => within.every((part, i) => path[i] === part));

/** SHOW for tables, views, and both. */
export const showRelations: readonly Command[] = [
  showCommand({
    words: 'TABLES',
    kinds: ['TABLE', 'DYNAMIC TABLE'],
    more: temporaryTables,
    columns: [
      ...inSchema,
      text('kind'),
      text('comment'),
      text('cluster_by'),
      integer('rows'),
      integer('bytes'),
      text('owner'),
      text('retention_time'),
      text('automatic_clustering'),
      text('change_tracking'),
      text('is_external'),
      text('enable_schema_evolution'),
      text('owner_role_type'),
      text('is_event'),
      text('is_hybrid'),
      text('is_iceberg'),
      text('is_dynamic'),
      text('is_immutable'),
    ],
    terse: ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
    row: async (object, context) => {
      const details = object.details as TableDetails;
      return [
        ...place(object),
        kindOf(details),
        object.comment,
        clusterText(details.clusterBy),
        ...(await rowsAndBytes(context, details)),
        object.owner,
        details.retentionDays,
        on(Boolean(details.clusterBy)),
        on(details.tracked),
        'N',
        yes(details.evolves === true),
        'ROLE',
        'N',
        'N',
        'N',
        yes(object.kind === 'DYNAMIC TABLE'),
        'N',
      ];
    },
  }),
  showCommand({
    words: 'VIEWS',
    kinds: ['VIEW'],
    more: temporaryViews,
    columns: [
      created,
      text('name'),
      text('reserved'),
      text('database_name'),
      text('schema_name'),
      text('owner'),
      text('comment'),
      text('text'),
      text('is_secure'),
      text('is_materialized'),
      text('owner_role_type'),
      text('change_tracking'),
    ],
    terse: ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
    row: ({ path, createdOn, owner, comment, details }) => [
      new Date(createdOn),
      path[2],
      '',
      path[0],
      path[1],
      owner,
      comment,
      (details as ViewDetails).text,
      String((details as ViewDetails).secure),
      String((details as ViewDetails).materialized !== undefined),
      'ROLE',
      on((details as ViewDetails).changeTracking === true),
    ],
  }),
  showCommand({
    words: 'OBJECTS',
    kinds: ['TABLE', 'DYNAMIC TABLE', 'VIEW'],
    more: (context, within) => [...temporaryTables(context, within), ...temporaryViews(context, within)],
    columns: [
      ...inSchema,
      text('kind'),
      text('comment'),
      text('cluster_by'),
      integer('rows'),
      integer('bytes'),
      text('owner'),
      text('retention_time'),
      text('owner_role_type'),
      text('is_hybrid'),
      text('is_dynamic'),
      text('is_iceberg'),
    ],
    terse: ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
    row: async (object, context) => {
      if (object.kind === 'VIEW')
        return [
          ...place(object),
          viewKind(object.details as ViewDetails),
          object.comment,
          '',
          null,
          null,
          object.owner,
          '',
          'ROLE',
          'N',
          'N',
          'N',
        ];
      const details = object.details as TableDetails;
      return [
        ...place(object),
        kindOf(details),
        object.comment,
        clusterText(details.clusterBy),
        ...(await rowsAndBytes(context, details)),
        object.owner,
        details.retentionDays,
        'ROLE',
        'N',
        yes(object.kind === 'DYNAMIC TABLE'),
        'N',
      ];
    },
  }),
];
