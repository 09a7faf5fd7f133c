import type { Command } from '../../session/command.ts';
import { text, timestamp } from '../../session/outcome.ts';
import type { ContainerDetails } from '../object.ts';
import { informationSchema } from '../../metadata/containers.ts';
import { showCommand } from '../show.ts';

const created = timestamp('created_on');
const yes = (value: boolean): string => (value ? 'Y' : 'N');

/** SHOW for databases and schemas. */
export const showContainers: readonly Command[] = [
  showCommand({
    words: 'DATABASES',
    kinds: ['DATABASE'],
    columns: [
      created,
      text('name'),
      text('is_default'),
      text('is_current'),
      text('origin'),
      text('owner'),
      text('comment'),
      text('options'),
      text('retention_time'),
      text('kind'),
      text('owner_role_type'),
      text('object_visibility'),
    ],
    terse: ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
    row: ({ path, createdOn, owner, comment, details }, { session }) => {
      const { transient, retentionDays } = details as ContainerDetails;
      return [
        new Date(createdOn),
        path[0],
        'N',
        yes(session.database === path[0]),
        '',
        owner,
        comment,
        transient ? 'TRANSIENT' : '',
        retentionDays,
        'STANDARD',
        'ROLE',
        null,
      ];
    },
  }),
  showCommand({
    words: 'SCHEMAS',
    kinds: ['SCHEMA'],
    columns: [
      created,
      text('name'),
      text('is_default'),
      text('is_current'),
      text('database_name'),
      text('owner'),
      text('comment'),
      text('options'),
      text('retention_time'),
      text('owner_role_type'),
      text('object_visibility'),
      text('is_nested'),
    ],
    more: ({ warehouse, session }, [database]) =>
      warehouse.catalog
        .list('DATABASE', database === undefined ? [] : [database])
        .filter((object) => session.access.visible(object))
        .map((object) => ({ ...informationSchema(object.path[0]!), owner: '', createdOn: object.createdOn })),
    terse: ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
    row: ({ path, createdOn, owner, comment, details }, { session }) => {
      const { transient, retentionDays } = details as ContainerDetails;
      return [
        new Date(createdOn),
        path[1],
        'N',
        yes(session.database === path[0] && session.schema === path[1]),
        path[0],
        owner,
        comment,
        transient ? 'TRANSIENT' : '',
        retentionDays,
        owner === '' ? '' : 'ROLE',
        null,
        'N',
      ];
    },
  }),
];
