import { SnowflakeError } from '../../contract.ts';
import type { StatementContext } from '../../session/command.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { Session } from '../../session/session.ts';
import { fromJavaScript } from '../../javascript/from-javascript.ts';
import { runJavaScript } from '../../javascript/run-procedure.ts';
import type { Host } from '../host.ts';
import { blockOutcome, procedureOutcome } from '../block-outcome.ts';
import { checkReturns } from '../check-block.ts';
import { runBlock, type Returned } from '../interpreter.ts';
import { parseScript } from '../parse-block.ts';
import type { ProcedureDetails, ProcedureObject } from '../procedure-object.ts';
import { sessionHost } from '../session-host.ts';
import type { TypedValue } from '../value.ts';

const DEEPEST = 32;
const depths = new WeakMap<Session, number>();

/** Runs a procedure with its arguments: as its owner and in its own schema, or as whoever calls it. */
export const runProcedure = async (
  context: StatementContext,
  procedure: ProcedureObject,
  args: ReadonlyMap<string, TypedValue>,
): Promise<Outcome> => {
  const { session } = context;
  const { details } = procedure;
  if (details.strict && [...args.values()].some(({ text }) => text === null))
    return blockOutcome({ value: { ...(details.returns ?? { type: 'text' }), text: null } }, details.name);
  const outer = session.transactions.current;
  const depth = (depths.get(session) ?? 0) + 1;
  if (depth > DEEPEST)
    throw new SnowflakeError(
      '090238',
      '54001',
      `Stored procedure execution error: calls are nested more than ${DEEPEST} deep.`,
    );
  depths.set(session, depth);
  const restore = details.executeAs === 'OWNER' ? becomeOwner(session, procedure) : () => undefined;
  try {
    const host = sessionHost(context, true, details.executeAs === 'OWNER');
    const finals = new Map<string, TypedValue>();
    const returned =
      details.language === undefined
        ? await runScript(host, details, args, finals)
        : await runInJavaScript(context, host, details, args);
    await endTransaction(session, outer);
    const outcome = await procedureOutcome(host, returned, details);
    const outs = details.parameters.flatMap(({ name, out }, place) =>
      out ? { ...finals.get(name)!, name, place } : [],
    );
    return outs.length > 0 ? { ...outcome, outs } : outcome;
  } catch (error) {
    if (session.transactions.current !== outer) await session.transactions.rollback();
    throw error;
  } finally {
    restore();
    depths.set(session, depth - 1);
  }
};

const runScript = async (
  host: Host,
  { body, returns }: ProcedureDetails,
  args: ReadonlyMap<string, TypedValue>,
  finals: Map<string, TypedValue>,
): Promise<Returned> => {
  const block = parseScript(body);
  checkReturns([{ kind: 'block', block, line: 1, position: 0 }], returns === undefined ? 'TABLE' : 'SCALAR');
  return runBlock(host, block, args, finals);
};

/** Calls a procedure's JavaScript; its result is of the type that the procedure returns. */
const runInJavaScript = async (
  { session }: StatementContext,
  host: Host,
  { name, parameters, body, returns = { type: 'text' } }: ProcedureDetails,
  args: ReadonlyMap<string, TypedValue>,
): Promise<Returned> => {
  const zone = String(session.parameters.get('TIMEZONE'));
  const source = { name, parameters: parameters.map((parameter) => parameter.name), body, zone };
  const given = parameters.map((parameter) => args.get(parameter.name)!);
  const text = await runJavaScript({ source, args: given, returns: returns.type, host, signal: session.signal });
  const result = await host.evaluate(`SELECT ${fromJavaScript(returns)}`, [{ type: 'text', text }]);
  return { value: { ...returns, text: result.outcome.rows[0]![0]! } };
};

const becomeOwner = (session: Session, { owner, path }: ProcedureObject): (() => void) => {
  const { role, database, schema } = session;
  const variables = [...session.variables];
  session.role = owner;
  session.database = path[0];
  session.schema = path[1];
  session.variables.clear();
  session.epoch += 1;
  return () => {
    session.role = role;
    session.database = database;
    session.schema = schema;
    for (const [name, value] of variables) session.variables.set(name, value);
    session.epoch += 1;
  };
};

const endTransaction = async (session: Session, outer: Session['transactions']['current']): Promise<void> => {
  if (session.transactions.current === outer) return;
  await session.transactions.rollback();
  throw new SnowflakeError(
    '090232',
    'XX000',
    'Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.',
  );
};
