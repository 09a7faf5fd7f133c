import { SnowflakeError } from '../../contract.ts';
import { qualify } from '../../catalog/names.ts';
import { bindInOrder } from '../../session/binds.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { displayName } from '../../sql/identifier.ts';
import { tokenize } from '../../sql/lexer.ts';
import { Cursor } from '../../sql/cursor.ts';
import type { Token } from '../../sql/token.ts';
import { SYSTEM_PROCEDURES } from '../../system/procedures.ts';
import type { ProcedureObject } from '../procedure-object.ts';
import { sessionHost } from '../session-host.ts';
import { typeText, type TypedValue } from '../value.ts';
import { shortType } from './create-procedure.ts';
import { runProcedure } from './run-procedure.ts';

/** One argument of a CALL, as written. */
interface Argument {
  readonly name: string | undefined;
  readonly text: string;
  readonly binds: number;
}

/** CALL of a procedure, of the user's or of the system's. */
export const callCommand: Command = command('CALL', async (context) => {
  const { text, values } = bindInOrder(context.statement, context.binds);
  const cursor = new Cursor(tokenize(text));
  cursor.expect('CALL');
  const name = cursor.name();
  const system = SYSTEM_PROCEDURES.get(name.join('.'));
  if (system !== undefined) return system(cursor, text, values, context);
  const args = readArguments(cursor, text);
  cursor.finish();
  const host = sessionHost(context, false);
  const procedure = resolve(context, name, args.length);
  const items: string[] = [];
  const used: TypedValue[] = [];
  let bind = 0;
  const taken = args.map((arg) => ({ ...arg, values: values.slice(bind, (bind += arg.binds)) }));
  for (const [i, { name: parameter, type, fallback }] of procedure.details.parameters.entries()) {
    const arg = taken.find((one) => one.name === parameter) ?? (taken[i]?.name === undefined ? taken[i] : undefined);
    const written = arg?.text ?? fallback;
    if (written === undefined) throw unknown(name, context, args.length);
    items.push(`CAST((${written}) AS ${typeText(type)})`);
    used.push(...((arg?.values ?? []) as TypedValue[]));
  }
  const given = new Map<string, TypedValue>();
  if (items.length > 0) {
    const result = await host.evaluate(`SELECT ${items.join(', ')}`, used);
    for await (const row of result.rows()) {
      for (const [i, { name: parameter, type }] of procedure.details.parameters.entries())
        given.set(parameter, { ...type, text: row[i]!.text });
    }
  }
  return runProcedure(context, procedure, given);
});

const resolve = (context: StatementContext, name: readonly string[], count: number): ProcedureObject => {
  const { session, warehouse } = context;
  const path = qualify(name, session);
  const found = warehouse.catalog.list('PROCEDURE', path.slice(0, 2)).filter((object): object is ProcedureObject => {
    const { details } = object as ProcedureObject;
    const needed = details.parameters.filter(({ fallback }) => fallback === undefined).length;
    return (
      details.name === path[2] &&
      count >= needed &&
      count <= details.parameters.length &&
      session.access.visible(object)
    );
  });
  if (found.length > 1)
    throw new SnowflakeError(
      '000002',
      '0A000',
      `Unsupported feature 'procedures ${displayName(path)} that differ only in the types of their arguments (${found.map(({ details }) => details.parameters.map(({ type }) => shortType(type)).join(', ')).join(' / ')})'.`,
    );
  const [procedure] = found;
  if (procedure === undefined) throw unknown(name, context, count);
  session.access.require('USAGE', procedure);
  return procedure;
};

const unknown = (name: readonly string[], { session }: StatementContext, count: number): SnowflakeError =>
  new SnowflakeError(
    '002140',
    '42601',
    `SQL compilation error:\nUnknown user-defined function ${displayName(qualify(name, session))} with ${count} argument(s).`,
  );

/** Reads `(a, name => b, ...)` as stretches of text. */
const readArguments = (cursor: Cursor, text: string): Argument[] => {
  cursor.expect('(');
  const args: Argument[] = [];
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
    args.push({
      name,
      text: text.slice(tokens[0]!.start, tokens.at(-1)!.end),
      binds: tokens.filter(({ kind }) => kind === 'bind').length,
    });
    cursor.accept(',');
  }
  return args;
};
