import { displayType, parseColumnType } from '../catalog/column-types.ts';
import { createHead } from '../catalog/create-head.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { createObject, pathIn } from '../catalog/lifecycle.ts';
import { inside } from '../catalog/inside.ts';
import { StatementNames } from '../catalog/names.ts';
import { checkHandler } from '../javascript/check-handler.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { bodyOf, languageOf, parameter, shortType } from '../scripting/commands/create-procedure.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { scopeOf } from '../session/plan.ts';
import type { Cursor } from '../sql/cursor.ts';
import { translate } from '../translation/translate.ts';
import { checkedBody } from './function-body.ts';
import type { FunctionDetails } from './function-object.ts';
import { checkScript, isScript } from './scripted-function.ts';

/** CREATE FUNCTION in SQL, whose body must make sense with arguments of the declared types, or in JavaScript. */
export const createFunction: Command = command('CREATE FUNCTION', async (context) => {
  const cursor = context.cursor();
  const { name, ...head } = createHead(cursor, 'FUNCTION');
  for (const word of ['TEMPORARY', 'TEMP']) if (head.modifiers.has(word)) throw unsupported(`${word} functions`);
  const parameters = cursor.list(() => parameter(cursor, context));
  if (parameters.some(({ out }) => out)) throw unsupported('OUT arguments of functions');
  const copyGrants = cursor.accept('COPY', 'GRANTS');
  cursor.expect('RETURNS');
  const returned = cursor.accept('TABLE')
    ? { table: cursor.list(() => ({ name: cursor.identifier(), ...parseColumnType(cursor) })) }
    : { returns: parseColumnType(cursor) };
  const clauses = readClauses(cursor);
  const text = bodyOf(cursor, context);
  const path = pathIn(context, name);
  const scripted = clauses.language === undefined && isScript(text);
  const details: FunctionDetails = {
    name: path[2]!,
    parameters,
    returns: { type: 'text' },
    ...returned,
    text,
    body: clauses.language === undefined && !scripted ? checkedBody(text) : '',
    ...(scripted && { scripted }),
    ...('table' in returned && /\b(?:initialize|finalize)\b/.test(text) && { stateful: true }),
    ...(clauses.language !== undefined && { language: clauses.language }),
    strict: clauses.strict,
    immutable: clauses.immutable,
    secure: head.modifiers.has('SECURE'),
  };
  if (scripted) checkScripted(details);
  else if (clauses.language === undefined) tryOut(context, details, path);
  else checkHandler(details.name, parameters, ...(details.table ?? [details.returns]));
  return createObject<FunctionDetails>(context, {
    ...head,
    copyGrants,
    comment: clauses.comment,
    kind: 'FUNCTION',
    path: [...path.slice(0, 2), `${path[2]}(${parameters.map(({ type }) => shortType(type)).join(', ')})`],
    title: details.name,
    make: async () => details,
  });
});

const checkScripted = ({ table, returns, text }: FunctionDetails): void => {
  if (table !== undefined) throw unsupported('table functions in Snowflake Scripting');
  if (['variant', 'object', 'array'].includes(returns.type))
    throw unsupported(`${displayType(returns)} returned by a Snowflake Scripting function`);
  checkScript(text);
};

/** Translates a call of the function with NULLs of the right types, which fails where its body makes no sense. */
const tryOut = (context: StatementContext, details: FunctionDetails, path: readonly string[]): void => {
  const names = new StatementNames(
    inside({ path, kind: 'FUNCTION', owner: context.session.role }, scopeOf(context.session)),
  );
  const nulls = details.parameters.map(({ type }) => `NULL::${shortType(type)}`).join(', ');
  const trial = {
    relation: () => undefined,
    past: () => undefined,
    tableFunction: () => undefined,
    variable: () => undefined,
  };
  const routines = (): [FunctionDetails & { names: StatementNames }] => [{ ...details, names }];
  const call = `trial_of_a_function(${nulls})`;
  translate(details.table ? `SELECT * FROM TABLE(${call})` : `SELECT ${call}`, {
    database: path[0],
    schema: path[1],
    ...trial,
    routines,
  });
};

interface Clauses {
  readonly strict: boolean;
  readonly immutable: boolean;
  readonly comment: string;
  readonly language: 'JAVASCRIPT' | undefined;
}

const readClauses = (cursor: Cursor): Clauses => {
  let [strict, immutable, comment] = [false, false, ''];
  let language: 'JAVASCRIPT' | undefined;
  while (!cursor.accept('AS')) {
    if (cursor.accept('LANGUAGE')) {
      language = languageOf(cursor);
    } else if (cursor.accept('NOT', 'NULL') || cursor.accept('CALLED', 'ON', 'NULL', 'INPUT')) continue;
    else if (cursor.accept('STRICT') || cursor.accept('RETURNS', 'NULL', 'ON', 'NULL', 'INPUT')) strict = true;
    else if (cursor.accept('VOLATILE')) immutable = false;
    else if (cursor.accept('IMMUTABLE')) immutable = true;
    else if (cursor.at('MEMOIZABLE')) throw unsupported('MEMOIZABLE functions');
    else if (cursor.at('COMMENT')) comment = propertyText(parseProperties(cursor)['COMMENT']);
    else if (cursor.at('HANDLER') || cursor.at('RUNTIME_VERSION')) throw invalid('A SQL function has no handler.');
    else cursor.expect('AS');
  }
  return { strict, immutable, comment, language };
};
