import { unexpected } from '../sql/syntax-error.ts';
import { unsupported } from '../catalog/errors.ts';
import { alterObject } from '../catalog/lifecycle.ts';
import type { FunctionDetails } from '../functions/function-object.ts';
import { namedFunction } from '../functions/named-function.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { status } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { checkedRemote } from './create-external-function.ts';
import { remoteProperties } from './remote-properties.ts';
import type { Remote } from './remote.ts';

/** How a function differs after ALTER. */
type Change = (
  details: FunctionDetails,
  comment: string,
) => { readonly details: FunctionDetails; readonly comment: string };

/** ALTER FUNCTION: its comment and whether it is secure; of an external one also what goes along with its requests. */
export const alterFunction: Command = command('ALTER FUNCTION', async (context) => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'FUNCTION');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const { path } = namedFunction(cursor, context);
  if (cursor.at('RENAME')) throw unsupported('ALTER FUNCTION ... RENAME TO');
  const change = cursor.accept('UNSET') ? unset(cursor) : set(cursor, context);
  cursor.finish();
  if (ifExists && context.warehouse.catalog.find('FUNCTION', path) === undefined)
    return status('Statement executed successfully.');
  return alterObject<FunctionDetails>(context, 'FUNCTION', path, async (object) => ({
    ...object,
    ...change(object.details, object.comment),
  }));
});

const set = (cursor: Cursor, context: StatementContext): Change => {
  cursor.expect('SET');
  if (cursor.accept('SECURE')) return (details, comment) => ({ details: { ...details, secure: true }, comment });
  const { comment, remote } = remoteProperties(cursor);
  if (comment !== undefined) return (details) => ({ details, comment });
  return (details, before) => ({ details: withRemote(context, details, remote), comment: before });
};

const withRemote = (context: StatementContext, details: FunctionDetails, change: Partial<Remote>): FunctionDetails => {
  if (details.remote === undefined) throw unsupported('remote properties of a SQL function');
  return { ...details, remote: checkedRemote(context, { ...details.remote, ...change }) };
};

const unset = (cursor: Cursor): Change => {
  const token = cursor.next();
  switch (token.value) {
    case 'COMMENT':
      return (details) => ({ details, comment: '' });
    case 'SECURE':
      return (details, comment) => ({ details: { ...details, secure: false }, comment });
    case 'HEADERS':
      return without({ headers: {} });
    case 'CONTEXT_HEADERS':
      return without({ contextHeaders: [] });
    case 'COMPRESSION':
      return without({ compression: 'AUTO' });
    case 'MAX_BATCH_ROWS':
      return ({ remote, ...details }, comment) => {
        const { maxBatchRows, ...rest } = remote ?? ({} as Remote);
        void maxBatchRows;
        return { details: { ...details, ...(remote && { remote: rest }) }, comment };
      };
    default:
      throw unexpected(token);
  }
};

const without =
  (change: Partial<Remote>): Change =>
  (details, comment) => ({
    details: details.remote === undefined ? details : { ...details, remote: { ...details.remote, ...change } },
    comment,
  });
