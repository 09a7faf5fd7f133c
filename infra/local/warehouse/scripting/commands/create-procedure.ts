import { parseColumnType, type ColumnType } from '../../catalog/column-types.ts';
import { createHead } from '../../catalog/create-head.ts';
import { invalid, unsupported } from '../../catalog/errors.ts';
import { createObject, pathIn } from '../../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../../catalog/properties.ts';
import { checkHandler } from '../../javascript/check-handler.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import type { Column } from '../../contract.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { parseScript } from '../parse-block.ts';
import type { Parameter, ProcedureDetails } from '../procedure-object.ts';
import { parseTable } from '../returned-table.ts';
import { createTemporaryProcedure } from '../temporary-procedures.ts';
import { typeText } from '../value.ts';

/** CREATE PROCEDURE in Snowflake Scripting, whose body must be well formed, or in JavaScript. */
export const createProcedure: Command = command('CREATE PROCEDURE', async (context) => {
  const cursor = context.cursor();
  const { name, ...head } = createHead(cursor, 'PROCEDURE');
  if (name[0] === 'SCOPED' && !cursor.at('(')) throw unsupported('PROCEDURE SCOPED TEMP TABLE');
  const path = pathIn(context, name);
  const { details, comment, copyGrants } = procedureDefinition(cursor, context, path[2]!, bodyOf);
  const own = [...path.slice(0, 2), signatureOf(details)];
  if (['TEMPORARY', 'TEMP'].some((word) => head.modifiers.has(word)))
    return createTemporaryProcedure(context, head, own, details);
  return createObject<ProcedureDetails>(context, {
    ...head,
    copyGrants,
    comment,
    kind: 'PROCEDURE',
    path: own,
    title: details.name,
    make: async () => details,
  });
});

/** What tells procedures of one name apart: `NAME(TYPE, TYPE)`. */
export const signatureOf = ({ name, parameters }: ProcedureDetails): string =>
  `${name}(${parameters.map(({ type }) => shortType(type)).join(', ')})`;

/** Reads a procedure from its arguments on; `readBody` reads what stands behind AS. */
export const procedureDefinition = (
  cursor: Cursor,
  context: StatementContext,
  name: string,
  readBody: (cursor: Cursor, context: StatementContext) => string,
): { details: ProcedureDetails; comment: string; copyGrants: boolean } => {
  const parameters = cursor.list(() => parameter(cursor, context));
  const copyGrants = cursor.accept('COPY', 'GRANTS');
  cursor.expect('RETURNS');
  const returns = returned(cursor, context);
  cursor.accept('NOT', 'NULL');
  let executeAs: 'OWNER' | 'CALLER' = 'OWNER';
  let comment = '';
  let language: 'JAVASCRIPT' | undefined;
  let strict = false;
  while (!cursor.accept('AS')) {
    if (cursor.accept('EXECUTE', 'AS')) executeAs = executor(cursor);
    else if (cursor.accept('LANGUAGE')) language = languageOf(cursor);
    else if (cursor.accept('CALLED', 'ON', 'NULL', 'INPUT') || cursor.accept('VOLATILE') || cursor.accept('IMMUTABLE'))
      continue;
    else if (cursor.accept('STRICT') || cursor.accept('RETURNS', 'NULL', 'ON', 'NULL', 'INPUT')) strict = true;
    else if (cursor.at('COMMENT')) comment = propertyText(parseProperties(cursor)['COMMENT']);
    else cursor.expect('AS');
  }
  const body = readBody(cursor, context);
  if (language === undefined) parseScript(body);
  else checkHandler(name, parameters, returns.type);
  const details: ProcedureDetails = {
    name,
    parameters,
    returns: returns.type,
    ...(returns.table && { table: returns.table }),
    returnsText: returns.text,
    body,
    executeAs,
    ...(language !== undefined && { language }),
    ...(strict && { strict }),
  };
  return { details, comment, copyGrants };
};

/** A type as signatures show it: without its size. */
export const shortType = (type: ColumnType): string => typeText(type).replace(/\(.*$/, '');

/** Reads one argument of a procedure or function, `name type [DEFAULT value]`. */
export const parameter = (cursor: Cursor, { statement }: StatementContext): Parameter => {
  const name = cursor.identifier();
  const out = cursor.acceptAny(['OUT', 'OUTPUT']) !== undefined;
  if (!out) cursor.acceptAny(['IN', 'INPUT']);
  const type = parseColumnType(cursor);
  if (out && cursor.at('DEFAULT')) throw invalid('Output arguments cannot have default values.');
  if (!cursor.accept('DEFAULT')) return { name, type, ...(out && { out }) };
  const from = cursor.peek().start;
  let end = from;
  for (let depth = 0; depth > 0 || !(cursor.at(',') || cursor.at(')'));) {
    const token = cursor.next();
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.kind === 'end') cursor.expect(')');
    end = token.end;
  }
  const start = statement.tokens[0]!.start;
  return { name, type, fallback: statement.text.slice(from - start, end - start) };
};

const returned = (
  cursor: Cursor,
  { statement }: StatementContext,
): { type: ColumnType | undefined; text: string; table?: readonly Column[] } => {
  const from = cursor.peek().start;
  if (!cursor.accept('TABLE')) {
    const type = parseColumnType(cursor);
    return { type, text: shortType(type) };
  }
  const table = parseTable(cursor);
  const start = statement.tokens[0]!.start;
  return { type: undefined, table, text: statement.text.slice(from - start, cursor.peek(-1).end - start) };
};

const executor = (cursor: Cursor): 'OWNER' | 'CALLER' => {
  if (cursor.accept('RESTRICTED')) throw unsupported('EXECUTE AS RESTRICTED CALLER');
  if (cursor.accept('CALLER')) return 'CALLER';
  cursor.expect('OWNER');
  return 'OWNER';
};

/** Reads the language of a body: SQL, for which nothing is given back, or JavaScript. */
export const languageOf = (cursor: Cursor): 'JAVASCRIPT' | undefined => {
  const name = cursor.identifier();
  if (name !== 'SQL' && name !== 'JAVASCRIPT') throw unsupported(`LANGUAGE ${name}`);
  return name === 'SQL' ? undefined : name;
};

/** Reads the body, in quotes or bare. */
export const bodyOf = (cursor: Cursor, { statement }: StatementContext): string => {
  if (cursor.peek().kind !== 'string') return statement.text.slice(cursor.peek().start - statement.tokens[0]!.start);
  const body = cursor.string();
  cursor.finish();
  return body;
};
