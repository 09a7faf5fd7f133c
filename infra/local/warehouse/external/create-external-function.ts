import { parseColumnType } from '../catalog/column-types.ts';
import { createHead } from '../catalog/create-head.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { createObject, pathIn } from '../catalog/lifecycle.ts';
import type { FunctionDetails } from '../functions/function-object.ts';
import { isRemote } from '../notifications/api-integration.ts';
import { isAllowed, type IntegrationDetails } from '../notifications/integration-object.ts';
import { parameter, shortType } from '../scripting/commands/create-procedure.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import type { Cursor } from '../sql/cursor.ts';
import { remoteProperties } from './remote-properties.ts';
import type { Remote } from './remote.ts';

/** CREATE EXTERNAL FUNCTION: its integration must be there, be usable by the role, and allow its address. */
export const createExternalFunction: Command = command('CREATE EXTERNAL FUNCTION', async (context) => {
  const cursor = context.cursor();
  const { name, ...head } = createHead(cursor, 'EXTERNAL FUNCTION');
  const parameters = cursor.list(() => parameter(cursor, context));
  if (parameters.some(({ fallback }) => fallback !== undefined)) throw unsupported('defaults of external functions');
  cursor.expect('RETURNS');
  const returns = parseColumnType(cursor);
  const clauses = readClauses(cursor);
  const url = cursor.string();
  cursor.finish();
  const path = pathIn(context, name);
  const details: FunctionDetails = {
    name: path[2]!,
    parameters,
    returns,
    text: url,
    body: '',
    strict: clauses.strict,
    immutable: clauses.immutable,
    secure: head.modifiers.has('SECURE'),
    remote: checkedRemote(context, { headers: {}, contextHeaders: [], compression: 'AUTO', ...clauses.remote, url }),
  };
  return createObject<FunctionDetails>(context, {
    ...head,
    comment: clauses.comment,
    kind: 'FUNCTION',
    path: [...path.slice(0, 2), `${path[2]}(${parameters.map(({ type }) => shortType(type)).join(', ')})`],
    title: details.name,
    make: async () => details,
  });
});

/** What stands between the type and the address, once its integration is known to fit. */
export const checkedRemote = (
  { warehouse, session }: StatementContext,
  { integration, ...rest }: Omit<Remote, 'integration'> & { integration?: string },
): Remote => {
  if (integration === undefined) throw invalid("missing parameter 'API_INTEGRATION'");
  const object = warehouse.catalog.find('INTEGRATION', [integration]);
  if (object === undefined || !session.access.visible(object)) throw notFound('INTEGRATION', [integration]);
  session.access.require('USAGE', object);
  const details = object.details as IntegrationDetails;
  if (details.category !== 'API') throw invalid(`Integration '${integration}' is not an API integration.`);
  if (!details.enabled) throw invalid(`Integration '${integration}' is not enabled.`);
  if (!isRemote(rest.url) || !isAllowed(details, rest.url))
    throw invalid(`API integration '${integration}' does not allow the URL '${rest.url}'; see API_ALLOWED_PREFIXES.`);
  return { ...rest, integration };
};

interface Clauses {
  readonly strict: boolean;
  readonly immutable: boolean;
  readonly comment: string;
  readonly remote: Partial<Remote>;
}

const readClauses = (cursor: Cursor): Clauses => {
  let [strict, immutable] = [false, false];
  let found = { comment: '', remote: {} as Partial<Remote> };
  while (!cursor.accept('AS')) {
    if (cursor.accept('NOT', 'NULL') || cursor.accept('NULL') || cursor.accept('CALLED', 'ON', 'NULL', 'INPUT'))
      continue;
    if (cursor.accept('STRICT') || cursor.accept('RETURNS', 'NULL', 'ON', 'NULL', 'INPUT')) strict = true;
    else if (cursor.accept('VOLATILE')) immutable = false;
    else if (cursor.accept('IMMUTABLE')) immutable = true;
    else {
      const { comment = found.comment, remote } = remoteProperties(cursor);
      found = { comment, remote: { ...found.remote, ...remote } };
    }
  }
  return { strict, immutable, ...found };
};
