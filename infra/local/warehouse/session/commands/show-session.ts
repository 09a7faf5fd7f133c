import { likePattern } from '../../catalog/show.ts';
import type { Warehouse } from '../../warehouse.ts';
import { command, type Command } from '../command.ts';
import { integer, STATEMENT_TYPE, table, text, timestamp, type Cell } from '../outcome.ts';
import type { Session } from '../session.ts';
import { shown } from '../literal.ts';
import { showParameters } from './show-parameters.ts';

/** SHOW PARAMETERS, VARIABLES, TRANSACTIONS and LOCKS. */
export const showSessionCommands: readonly Command[] = [
  showParameters,
  command('SHOW VARIABLES', async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect('SHOW', 'VARIABLES');
    const like = cursor.accept('LIKE') ? likePattern(cursor.string()) : /^/;
    cursor.finish();
    const rows = [...session.variables]
      .filter(([name]) => like.test(name))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => [session.id, value.createdOn, value.updatedOn, name, shown(value), value.type, '']);
    const columns = [
      integer('session_id'),
      timestamp('created_on'),
      timestamp('updated_on'),
      ...['name', 'value', 'type', 'comment'].map(text),
    ];
    return table(columns, rows, STATEMENT_TYPE.select);
  }),
  command('SHOW TRANSACTIONS', async ({ session, warehouse, cursor: open }) => {
    const cursor = open();
    cursor.expect('SHOW', 'TRANSACTIONS');
    const all = cursor.accept('IN', 'ACCOUNT');
    cursor.finish();
    const rows = [...warehouse.sessions]
      .filter((each) => all || each.user === session.user)
      .flatMap((each) => {
        const transaction = each.transactions.current;
        return transaction === undefined
          ? []
          : [[transaction.number, each.user, each.id, '', transaction.startedAt, 'running', 'USER']];
      });
    return table(
      [
        integer('id'),
        text('user'),
        integer('session'),
        text('name'),
        timestamp('started_on'),
        text('state'),
        text('scope'),
      ],
      rows,
      STATEMENT_TYPE.select,
    );
  }),
  command('SHOW LOCKS', async ({ session, warehouse, cursor: open }) => {
    const cursor = open();
    cursor.expect('SHOW', 'LOCKS');
    const all = cursor.accept('IN', 'ACCOUNT') && session.role === 'ACCOUNTADMIN';
    cursor.finish();
    const rows = [...warehouse.sessions]
      .filter((each) => all || each.user === session.user)
      .flatMap((each) => locksOf(each, warehouse));
    return table(LOCK_COLUMNS, rows, STATEMENT_TYPE.select);
  }),
];

const LOCK_COLUMNS = [
  text('resource'),
  text('type'),
  integer('transaction'),
  timestamp('transaction_started_on'),
  text('status'),
  timestamp('acquired_on'),
  text('query_id'),
  integer('session'),
];

const locksOf = ({ id, transactions, queryIds }: Session, { space, catalog, history }: Warehouse): Cell[][] => {
  const owner = transactions.trail.underway;
  const running = history.all().find(({ sessionId, state }) => sessionId === id && state === 'RUNNING');
  return space.locks
    .list()
    .filter((lock) => lock.owner === owner && catalog.relation(lock.key.split('.')) !== undefined)
    .map(({ key, since }) => [
      key,
      'PARTITIONS',
      owner!.number,
      owner!.startedAt,
      since === undefined ? 'WAITING' : 'HOLDING',
      since,
      since === undefined ? running?.id : queryIds.at(-1),
      id,
    ]);
};
