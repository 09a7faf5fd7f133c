import { invalid } from '../../catalog/errors.ts';
import type { Value } from '../../contract.ts';
import type { Statement } from '../../sql/split.ts';
import type { StatementContext } from '../command.ts';
import { status, STATEMENT_TYPE, type Outcome } from '../outcome.ts';

const done = (): Outcome => status('Statement executed successfully.', STATEMENT_TYPE.session);
const LONGEST = 16_384;

/** SET name = expression, or SET (a, b) = (x, y): each value is computed first, then all are set. */
export const setVariables = async (context: StatementContext): Promise<Outcome> => {
  const { session, statement } = context;
  const cursor = context.cursor();
  cursor.expect('SET');
  const names = cursor.at('(') ? cursor.list(() => cursor.identifier()) : [cursor.identifier()];
  cursor.expect('=');
  const from = cursor.peek();
  const written = statement.text.slice(from.start - statement.tokens[0]!.start);
  const text =
    names.length === 1 ? `SELECT ${written}` : `SELECT ${inside(written, { ...statement, tokens: cursor.rest() })}`;
  const { columns, rows } = await context.execute(text, context.binds);
  if (columns.length !== names.length)
    throw invalid(`Number of values must equal number of variables: ${columns.length} and ${names.length}.`);
  const values: Value[] = columns.map(({ type }, i) => ({ type, text: rows[0]?.[i] ?? null }));
  for (const [i, { type, text }] of values.entries()) {
    if (['variant', 'object', 'array'].includes(type))
      throw invalid(`A variable cannot hold a value of type ${type.toUpperCase()}; cast it to VARCHAR.`);
    if ((text?.length ?? 0) > LONGEST)
      throw invalid(
        `Assignment to '${names[i]}' not done because value exceeds size limit for variables. Its size is ${text!.length}; the limit is ${LONGEST} (internal storage size in bytes).`,
      );
  }
  const now = context.warehouse.clock();
  names.forEach((name, i) =>
    session.variables.set(name, {
      ...values[i]!,
      createdOn: session.variables.get(name)?.createdOn ?? now,
      updatedOn: now,
    }),
  );
  session.epoch += 1;
  return done();
};

const inside = (written: string, { tokens }: Statement): string => {
  const last = tokens.at(-2);
  if (tokens[0]?.text !== '(' || last?.text !== ')')
    throw invalid('SET of several variables takes a list of values in parentheses.');
  const values = written.slice(1, last.start - tokens[0].start);
  return ['SELECT', 'WITH'].includes(tokens[1]!.value) ? `* FROM (${values})` : values;
};

/** UNSET name, or UNSET (a, b). */
export const unsetVariables = async ({ session, cursor: open }: StatementContext): Promise<Outcome> => {
  const cursor = open();
  cursor.expect('UNSET');
  const names = cursor.at('(') ? cursor.list(() => cursor.identifier()) : [cursor.identifier()];
  cursor.finish();
  for (const name of names) session.variables.delete(name);
  session.epoch += 1;
  return done();
};
