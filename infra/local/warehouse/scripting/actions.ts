import { SnowflakeError } from '../contract.ts';
import type { Action, Place, Statement } from './ast.ts';
import { closeCursor, fetchRow, openCursor } from './cursors.ts';
import { assign, declare } from './declare.ts';
import { firstRows } from './evaluator.ts';
import type { Flow, Runtime } from './flow.ts';
import { jobOf, startJob } from './jobs.ts';
import { each, forever, range, repeat, whileLoop } from './loops.ts';
import { failing, Raised } from './raised.ts';
import { returnTable } from './return-table.ts';
import { returnValue } from './return-value.ts';
import type { Scope } from './scope.ts';

/** Runs one statement. */
export const runAction = async (runtime: Runtime, statement: Statement, scope: Scope): Promise<Flow> => {
  switch (statement.kind) {
    case 'block':
      return runtime.block(statement.block, scope);
    case 'let':
      await declare(runtime, statement.declaration, scope);
      return undefined;
    case 'assign':
      await assign(runtime, statement.name, statement.value, scope);
      return undefined;
    case 'if':
      return choose(runtime, statement, scope);
    case 'case':
      return chooseCase(runtime, statement, scope);
    case 'range':
      return range(runtime, statement, scope);
    case 'each':
      return each(runtime, statement, scope);
    case 'while':
      return whileLoop(runtime, statement, scope);
    case 'repeat':
      return repeat(runtime, statement, scope);
    case 'loop':
      return forever(runtime, statement, scope);
    case 'break':
    case 'continue':
      return { kind: statement.kind, label: statement.label };
    case 'open':
      await failing('statement', statement, () => openCursor(runtime, statement.cursor, statement.using, scope));
      return undefined;
    case 'fetch':
      await fetchRow(runtime, statement.cursor, statement.into, scope);
      return undefined;
    case 'close':
      return closeCursor(statement.cursor, scope);
    case 'return':
      return { kind: 'return', returned: statement.value && (await returnValue(runtime, statement.value, scope)) };
    case 'return-table':
      return { kind: 'return', returned: { table: await returnTable(runtime, statement.source, scope) } };
    case 'raise':
      throw raise(runtime, statement.name, scope, statement);
    case 'execute':
      await failing('statement', statement, () => execute(runtime, statement, scope));
      return undefined;
    case 'async':
      await failing('statement', statement, () => startJob(runtime, statement.query, scope));
      return undefined;
    case 'await':
      await failing('statement', statement, async () =>
        statement.name === undefined ? runtime.jobs.awaitAll() : runtime.jobs.await(jobOf(scope, statement.name)),
      );
      return undefined;
    case 'cancel':
      runtime.jobs.cancel(jobOf(scope, statement.name));
      return undefined;
    case 'nothing':
      return undefined;
  }
};

type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

const choose = async (runtime: Runtime, { branches, otherwise }: Of<'if'>, scope: Scope): Promise<Flow> => {
  for (const { condition, body } of branches) {
    if (await runtime.evaluator.holds(condition, scope)) return runtime.statements(body, scope);
  }
  return runtime.statements(otherwise, scope);
};

const chooseCase = async (
  runtime: Runtime,
  { subject, branches, otherwise }: Of<'case'>,
  scope: Scope,
): Promise<Flow> => {
  for (const { condition, body } of branches) {
    const tested = subject === undefined ? condition : equality(subject, condition);
    if (await runtime.evaluator.holds(tested, scope)) return runtime.statements(body, scope);
  }
  if (otherwise === undefined)
    throw new SnowflakeError('100203', 'P0002', 'CASE statement: no WHEN clause matched and there is no ELSE.');
  return runtime.statements(otherwise, scope);
};

/** `(subject) = (value)`, as one stretch of tokens. */
const equality = (subject: Of<'if'>['branches'][number]['condition'], value: typeof subject): typeof subject => {
  const text = `(${subject.text}) = (${value.text})`;
  const shift = (tokens: typeof subject.tokens, by: number) =>
    tokens.slice(0, -1).map((token) => ({ ...token, start: token.start + by, end: token.end + by }));
  const sign = (at: number, sign: string) => ({
    ...subject.tokens[0]!,
    kind: 'operator' as const,
    text: sign,
    value: sign,
    start: at,
    end: at + sign.length,
  });
  const middle = subject.text.length + 2;
  return {
    text,
    tokens: [
      sign(0, '('),
      ...shift(subject.tokens, 1 - subject.tokens[0]!.start),
      sign(middle - 1, ')'),
      sign(middle + 1, '='),
      sign(middle + 3, '('),
      ...shift(value.tokens, middle + 4 - value.tokens[0]!.start),
      sign(text.length - 1, ')'),
      { ...sign(text.length, ''), kind: 'end' as const },
    ],
  };
};

const raise = (runtime: Runtime, name: string | undefined, scope: Scope, place: Place): unknown => {
  if (name === undefined)
    return (
      runtime.specials.handled ??
      new SnowflakeError(
        '000904',
        '42000',
        'SQL compilation error:\nRAISE without a name stands only in an exception handler.',
      )
    );
  const { code, message } = scope.need('exception', name);
  return new Raised(name, String(code), 'P0001', message, place);
};

const execute = async (runtime: Runtime, { query }: Of<'execute'>, scope: Scope): Promise<void> => {
  const result = await runtime.evaluator.run(query, scope);
  if (query.into.length === 0) return;
  const rows = await firstRows(result, 2);
  if (rows.length > 1) {
    let count = 0;
    for await (const row of result.rows()) if (row) count += 1;
    throw new SnowflakeError(
      '100183',
      'P0000',
      `A SELECT INTO statement expects exactly 1 returned row, but got ${count}.`,
    );
  }
  if (rows[0] && rows[0].length !== query.into.length) {
    throw new SnowflakeError(
      '100183',
      'P0000',
      `The number of variables in INTO (${query.into.length}) is not that of the columns (${rows[0].length}).`,
    );
  }
  for (const [i, name] of query.into.entries()) {
    const variable = scope.need('value', name);
    const value = rows[0]?.[i];
    variable.value = value
      ? await runtime.evaluator.cast(value, variable.type ?? value)
      : { ...variable.value, text: null };
  }
};
