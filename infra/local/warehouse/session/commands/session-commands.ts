import { SnowflakeError } from '../../contract.ts';
import { use } from '../../catalog/commands/containers.ts';
import { notThere, unsupported } from '../../catalog/errors.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { command, type Command, type StatementContext } from '../command.ts';
import { status, STATEMENT_TYPE, type Outcome } from '../outcome.ts';
import { parseProperties } from '../../catalog/properties.ts';
import { isOutputFormat, outputFormats } from '../output-formats.ts';
import { setVariables, unsetVariables } from './variables.ts';

const done = (): Outcome => status('Statement executed successfully.', STATEMENT_TYPE.session);

/** USE, SET, UNSET and ALTER SESSION. */
export const sessionCommands: readonly Command[] = [
  command('USE SECONDARY ROLES', async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect('USE', 'SECONDARY', 'ROLES');
    session.secondaryRoles = cursor.acceptAny(['ALL', 'NONE']) === 'ALL';
    cursor.finish();
    session.epoch += 1;
    return done();
  }),
  command('USE', async (context) => useSomething(context)),
  command('ALTER SESSION SET', async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect('ALTER', 'SESSION', 'SET');
    const properties = parseProperties(cursor);
    cursor.finish();
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value === 'object')
        throw new SnowflakeError('001007', '22023', `SQL compilation error:\ninvalid value for parameter '${name}'`);
      session.parameters.set(name, value);
    }
    if ('TIMEZONE' in properties) await followTimeZone(session);
    if (Object.keys(properties).some(isOutputFormat)) await followFormats(session);
    return done();
  }),
  command('ALTER SESSION UNSET', async ({ session, cursor: open }) => {
    const cursor = open();
    cursor.expect('ALTER', 'SESSION', 'UNSET');
    do session.parameters.unset(cursor.identifier());
    while (cursor.accept(','));
    cursor.finish();
    await followTimeZone(session);
    await followFormats(session);
    return done();
  }),
  command('SET', setVariables),
  command('UNSET', unsetVariables),
];

const followTimeZone = async ({ duck, parameters }: StatementContext['session']): Promise<void> => {
  await duck.run(`SET TimeZone = ${quoteString(String(parameters.get('TIMEZONE')))}`);
};

/** Text made from dates and bytes is printed as the parameters say. */
export const followFormats = async ({ duck, parameters }: StatementContext['session']): Promise<void> => {
  for (const statement of outputFormats(parameters)) await duck.run(statement);
};

const useSomething = async (context: StatementContext): Promise<Outcome> => {
  const { session, warehouse, cursor: open } = context;
  const cursor = open();
  cursor.expect('USE');
  const kind =
    cursor.peek(1).kind === 'end' || cursor.peek(1).text === '.'
      ? undefined
      : cursor.acceptAny(['DATABASE', 'SCHEMA', 'ROLE', 'WAREHOUSE', 'CATALOG']);
  const name = cursor.name();
  cursor.finish();
  switch (kind) {
    case 'ROLE':
      session.access.assume(name[0]!);
      session.epoch += 1;
      break;
    case 'WAREHOUSE': {
      const found = warehouse.catalog.find('WAREHOUSE', name);
      if (found === undefined || !session.access.visible(found)) throw notThere();
      session.currentWarehouse = name[0];
      break;
    }
    case 'CATALOG':
      throw unsupported('USE CATALOG');
    case 'DATABASE':
      usePath(context, name);
      break;
    case 'SCHEMA':
      usePath(context, name.length === 1 ? [session.needDatabase(), ...name] : name);
      break;
    default:
      usePath(context, name);
  }
  return done();
};

const usePath = (context: StatementContext, path: readonly string[]): void => {
  const { catalog } = context.warehouse;
  const found =
    path.length === 1 ? catalog.find('DATABASE', path) : path.length === 2 ? catalog.find('SCHEMA', path) : undefined;
  if (found === undefined || !context.session.access.visible(found)) throw notThere();
  use(context, path);
};
