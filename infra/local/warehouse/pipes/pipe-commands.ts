import { createHead } from '../catalog/create-head.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { alterObject, createObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { status, STATEMENT_TYPE, table, text, timestamp, type Cell, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { loaderOf } from './pipe-loader.ts';
import { notificationChannel, type PipeDetails, type PipeObject } from './pipe-object.ts';
import { planPipe } from './plan-pipe.ts';

const columns = [
  timestamp('created_on'),
  ...['name', 'database_name', 'schema_name', 'definition', 'owner', 'notification_channel', 'comment', 'integration', 'pattern', 'error_integration', 'owner_role_type', 'invalid_reason', 'kind'].map((name) => text(name)),
];

/** CREATE, ALTER, DROP, SHOW and DESCRIBE of pipes. */
export const pipeCommands: readonly Command[] = [
  command('CREATE PIPE', (context) => create(context)),
  command('ALTER PIPE', (context) => alter(context)),
  command('DROP PIPE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'PIPE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'PIPE', path, ifExists);
  }),
  showCommand({ words: 'PIPES', kinds: ['PIPE'], columns, row: (object, context) => row(object as PipeObject, context) }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} PIPE`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'PIPE');
      const pipe = find(context, pathIn(context, cursor.name()));
      cursor.finish();
      return table(columns, [row(pipe, context)], STATEMENT_TYPE.select);
    }),
  ),
];

const create = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  const { name, ...head } = createHead(cursor, 'PIPE');
  const { AUTO_INGEST = false, COMMENT = '', INTEGRATION, ERROR_INTEGRATION, AWS_SNS_TOPIC, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`invalid parameter '${other}'`);
  if (AWS_SNS_TOPIC !== undefined) throw unsupported('AWS_SNS_TOPIC of a pipe');
  cursor.expect('AS');
  const { text: written, tokens } = context.statement;
  const copy = written.slice(cursor.peek().start - tokens[0]!.start);
  const details: PipeDetails = {
    autoIngest: AUTO_INGEST === true,
    copy,
    paused: false,
    integration: INTEGRATION === undefined ? undefined : propertyText(INTEGRATION),
    errorIntegration: ERROR_INTEGRATION === undefined ? undefined : propertyText(ERROR_INTEGRATION),
  };
  const path = pathIn(context, name);
  // Everything that the statement names must be there already, as on Snowflake.
  if (!(head.ifNotExists && context.warehouse.catalog.find('PIPE', path))) planPipe(context.session, copy);
  return createObject<PipeDetails>(context, { ...head, kind: 'PIPE', path, comment: propertyText(COMMENT), make: async () => details });
};

const alter = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'PIPE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.find('PIPE', path) === undefined) return status('Statement executed successfully.');
  const pipe = find(context, path);
  if (cursor.accept('REFRESH')) return refresh(context, cursor, pipe);
  if (cursor.accept('UNSET')) {
    cursor.expect('COMMENT');
    cursor.finish();
    return alterObject(context, 'PIPE', path, async (object) => ({ ...object, comment: '' }));
  }
  cursor.expect('SET');
  const { PIPE_EXECUTION_PAUSED: paused, COMMENT: comment, ERROR_INTEGRATION: errors, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`invalid parameter '${other}'`);
  cursor.finish();
  const outcome = await alterObject<PipeDetails>(context, 'PIPE', path, async (object) => ({
    ...object,
    comment: comment === undefined ? object.comment : propertyText(comment),
    details: {
      ...object.details,
      paused: paused === undefined ? object.details.paused : paused === true,
      errorIntegration: errors === undefined ? object.details.errorIntegration : propertyText(errors),
    },
  }));
  loaderOf(context.warehouse).wake(pipe.id);
  return outcome;
};

const refresh = async (context: StatementContext, cursor: Cursor, pipe: PipeObject): Promise<Outcome> => {
  const { PREFIX = '', MODIFIED_AFTER, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`invalid parameter '${other}'`);
  cursor.finish();
  if (!context.session.access.allows('OPERATE', pipe)) context.session.access.require('OWNERSHIP', pipe);
  const after = MODIFIED_AFTER === undefined ? undefined : new Date(propertyText(MODIFIED_AFTER));
  const files = await loaderOf(context.warehouse).refresh(pipe, propertyText(PREFIX), after);
  return table([text('File'), text('Status')], files.map((file) => [file, 'SENT']), STATEMENT_TYPE.select);
};

const find = ({ session, warehouse }: StatementContext, path: readonly string[]): PipeObject => {
  const pipe = warehouse.catalog.find('PIPE', path);
  if (pipe === undefined || !session.access.visible(pipe)) throw notFound('PIPE', path);
  return pipe as PipeObject;
};

const row = ({ path, createdOn, owner, comment, details }: PipeObject, { warehouse }: StatementContext): Cell[] => {
  const pattern = /PATTERN\s*=\s*'((?:[^']|'')*)'/i.exec(details.copy)?.[1];
  const channel = details.autoIngest ? notificationChannel(warehouse.options.s3?.region) : null;
  return [new Date(createdOn), path[2], path[0], path[1], details.copy, owner, channel, comment, details.integration ?? null, pattern ?? null, details.errorIntegration ?? null, 'ROLE', null, 'STAGE'];
};
