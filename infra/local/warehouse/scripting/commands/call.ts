import { SnowflakeError, type Value } from '../../contract.ts';
import { unsupported } from '../../catalog/errors.ts';
import { qualify } from '../../catalog/names.ts';
import { bindInOrder } from '../../session/binds.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import type { Outcome } from '../../session/outcome.ts';
import { displayName } from '../../sql/identifier.ts';
import { tokenize } from '../../sql/lexer.ts';
import { Cursor } from '../../sql/cursor.ts';
import type { Token } from '../../sql/token.ts';
import { SYSTEM_PROCEDURES } from '../../system/procedures.ts';
import type { ProcedureObject } from '../procedure-object.ts';
import { temporaryProcedures } from '../temporary-procedures.ts';
import { sessionHost } from '../session-host.ts';
import { typeText, type TypedValue } from '../value.ts';
import { shortType } from './create-procedure.ts';
import { runProcedure } from './run-procedure.ts';

/** One argument of a CALL, as written, with the values of its binds. */
export interface Argument {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly Value[];
}

/** CALL of a procedure, of the user's or of the system's. */
export const callCommand: Command = command('CALL', async (context) => {
  const { text, values } = bindInOrder(context.statement, context.binds);
  const cursor = new Cursor(tokenize(text));
  cursor.expect('CALL');
  const name = cursor.name();
  const system = SYSTEM_PROCEDURES.get(name.join('.'));
  if (system !== undefined) return system(cursor, text, values, context);
  if (name.length === 1 && name[0]!.startsWith('SYSTEM$')) throw unsupported(name[0]!);
  const args = readArguments(cursor, text, values);
  cursor.finish();
  return callProcedure(context, await chosen(context, name, args), args);
});

/** Calls a procedure with arguments that are brought to its types. */
export const callProcedure = async (
  context: StatementContext,
  procedure: ProcedureObject,
  args: readonly Argument[],
): Promise<Outcome> => {
  const items: string[] = [];
  const used: Value[] = [];
  const { parameters, name: called } = procedure.details;
  if (args.length > parameters.length) throw unknown([called], context, args.length);
  for (const [i, { name, type, fallback }] of parameters.entries()) {
    const arg = args.find((one) => one.name === name) ?? (args[i]?.name === undefined ? args[i] : undefined);
    const written = arg?.text ?? fallback;
    if (written === undefined) throw unknown([called], context, args.length);
    items.push(`CAST((${written}) AS ${typeText(type)})`);
    used.push(...(arg?.values ?? []));
  }
  const given = new Map<string, TypedValue>();
  if (items.length > 0) {
    const { outcome } = await sessionHost(context, false).evaluate(`SELECT ${items.join(', ')}`, used);
    for (const [i, { name, type }] of parameters.entries()) given.set(name, { ...type, text: outcome.rows[0]![i]! });
  }
  return runProcedure(context, procedure, given);
};

/** The procedure of this name that takes these arguments: of several, the one whose types are nearest. */
const chosen = async (
  context: StatementContext,
  name: readonly string[],
  args: readonly Argument[],
): Promise<ProcedureObject> => {
  const { session } = context;
  const found = proceduresNamed(context, name).filter(({ details }) => takes(details, args));
  if (found.length === 0) throw unknown(name, context, args.length);
  const nearest = found.length === 1 ? found : await nearestTo(context, found, args);
  const [procedure, other] = nearest;
  if (other !== undefined)
    throw unsupported(
      `choice between procedures ${displayName(qualify(name, session))} (${nearest.map(({ details }) => details.parameters.map(({ type }) => shortType(type)).join(', ')).join(' / ')})`,
    );
  if (procedure!.id !== 0) session.access.require('USAGE', procedure!);
  return procedure!;
};

/** The procedures that a name can stand for in this session. */
export const proceduresNamed = (
  { session, warehouse }: StatementContext,
  name: readonly string[],
): ProcedureObject[] => {
  const path = qualify(name, session);
  const visible = (warehouse.catalog.list('PROCEDURE', path.slice(0, 2)) as ProcedureObject[]).filter((object) =>
    session.access.visible(object),
  );
  const own = [...temporaryProcedures(session).values()].filter((object) =>
    path.slice(0, 2).every((part, i) => part === object.path[i]),
  );
  const hidden = new Set(own.map((object) => object.path[2]));
  return [...own, ...visible.filter((object) => !hidden.has(object.path[2]))].filter(
    ({ details }) => details.name === path[2],
  );
};

const takes = ({ parameters }: ProcedureObject['details'], args: readonly Argument[]): boolean =>
  args.length <= parameters.length &&
  args.every(({ name }) => name === undefined || parameters.some((parameter) => parameter.name === name)) &&
  parameters.every(
    ({ name, fallback }, i) =>
      fallback !== undefined || args.some((arg, at) => (arg.name === undefined ? at === i : arg.name === name)),
  );

const nearestTo = async (
  context: StatementContext,
  found: readonly ProcedureObject[],
  args: readonly Argument[],
): Promise<ProcedureObject[]> => {
  const { outcome } = await sessionHost(context, false).evaluate(
    `SELECT ${args.map(({ text }) => `(${text})`).join(', ')}`,
    args.flatMap(({ values }) => values),
  );
  const costs = found.map(({ details: { parameters } }) =>
    args.reduce((sum, { name, text }, i) => {
      if (/^null$/i.test(text)) return sum;
      const type = (name === undefined ? parameters[i] : parameters.find((each) => each.name === name))!.type.type;
      const own = outcome.columns[i]!.type;
      return sum + (own === type ? 0 : NUMBERS.has(own) && NUMBERS.has(type) ? 1 : 100);
    }, parameters.length - args.length),
  );
  const least = Math.min(...costs);
  return found.filter((_, i) => costs[i] === least);
};

const NUMBERS = new Set(['fixed', 'real']);

const unknown = (name: readonly string[], { session }: StatementContext, count: number): SnowflakeError =>
  new SnowflakeError(
    '002140',
    '42601',
    `SQL compilation error:\nUnknown user-defined function ${displayName(qualify(name, session))} with ${count} argument(s).`,
  );

/** Reads `(a, name => b, ...)` as stretches of text. */
export const readArguments = (cursor: Cursor, text: string, values: readonly Value[]): Argument[] => {
  cursor.expect('(');
  const args: Argument[] = [];
  let bind = 0;
  while (!cursor.accept(')')) {
    const name = cursor.peek(1).text === '=>' ? cursor.identifier() : undefined;
    if (name !== undefined) cursor.expect('=>');
    const tokens: Token[] = [];
    for (let depth = 0; depth > 0 || !(cursor.at(',') || cursor.at(')'));) {
      const token = cursor.next();
      if (token.kind === 'end') cursor.expect(')');
      if (token.text === '(' || token.text === '[') depth += 1;
      if (token.text === ')' || token.text === ']') depth -= 1;
      tokens.push(token);
    }
    if (tokens.length === 0) cursor.expect(')');
    const binds = tokens.filter(({ kind }) => kind === 'bind').length;
    args.push({
      name,
      text: text.slice(tokens[0]!.start, tokens.at(-1)!.end),
      values: values.slice(bind, (bind += binds)),
    });
    cursor.accept(',');
  }
  return args;
};
