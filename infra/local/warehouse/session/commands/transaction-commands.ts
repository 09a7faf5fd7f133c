import { command, type Command } from '../command.ts';
import { status, STATEMENT_TYPE } from '../outcome.ts';

const done = () => status('Statement executed successfully.', STATEMENT_TYPE.transaction);

const begin: Command = {
  matches: (words, tokens) =>
    (words[0] === 'BEGIN' && (tokens.length === 2 || ['TRANSACTION', 'WORK', 'NAME'].includes(words[1] ?? ''))) ||
    (words[0] === 'START' && words[1] === 'TRANSACTION'),
  run: async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect(cursor.at('START') ? 'START' : 'BEGIN');
    cursor.acceptAny(['TRANSACTION', 'WORK']);
    if (cursor.accept('NAME')) cursor.identifier();
    cursor.finish();
    await session.transactions.begin();
    return done();
  },
};

/** BEGIN, COMMIT and ROLLBACK. */
export const transactionCommands: readonly Command[] = [
  begin,
  command('COMMIT', async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect('COMMIT');
    cursor.accept('WORK');
    cursor.finish();
    await session.transactions.commit();
    return done();
  }),
  command('ROLLBACK', async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect('ROLLBACK');
    cursor.accept('WORK');
    cursor.finish();
    await session.transactions.rollback();
    return done();
  }),
];
