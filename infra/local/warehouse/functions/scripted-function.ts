import { unsupported } from '../catalog/errors.ts';
import type { Fragment, Statement } from '../scripting/ast.ts';
import { asDeclared } from '../scripting/block-outcome.ts';
import type { Host } from '../scripting/host.ts';
import { runBlock } from '../scripting/interpreter.ts';
import { parseScript } from '../scripting/parse-block.ts';
import { sessionHost } from '../scripting/session-host.ts';
import { boundText, plainText, typeText, type TypedValue } from '../scripting/value.ts';
import type { StatementContext } from '../session/command.ts';
import { tokenize } from '../sql/lexer.ts';
import type { FunctionDetails } from './function-object.ts';

const UNREPEATABLE = new Set(['RANDOM', 'RANDSTR', 'UNIFORM', 'NORMAL', 'ZIPF', 'UUID_STRING']);
const SEMI_STRUCTURED = new Set(['variant', 'object', 'array']);

/** Whether a function's body is a block of Snowflake Scripting. */
export const isScript = (text: string): boolean =>
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:DECLARE|BEGIN)\b/i.test(text);

/** Stops a function's block that does what only procedures may. */
export const checkScript = (text: string): void => {
  if (tokenize(text).some(({ kind, value }) => kind === 'word' && value === 'SELECT'))
    throw unsupported('SQL statements in a Snowflake Scripting function');
  const { body, handlers, declarations } = parseScript(text);
  for (const { kind } of declarations)
    if (REFUSED.has(kind)) throw unsupported(`${kind} in a Snowflake Scripting function`);
  for (const statement of [...body, ...handlers.flatMap((handler) => handler.body)]) checkStatement(statement);
};

const REFUSED = new Set<string>([
  'cursor',
  'resultset',
  'procedure',
  'open',
  'fetch',
  'close',
  'return-table',
  'each',
  'async',
  'await',
  'cancel',
  'execute',
]);

const checkStatement = (statement: Statement): void => {
  if (REFUSED.has(statement.kind))
    throw unsupported(`${NAMES[statement.kind] ?? statement.kind.toUpperCase()} in a Snowflake Scripting function`);
  for (const inner of Object.values(statement) as unknown[]) checkInside(inner);
};

const NAMES: Readonly<Record<string, string>> = {
  execute: 'a SQL statement',
  each: 'a loop over rows',
  'return-table': 'RETURN TABLE',
};

const checkInside = (value: unknown): void => {
  if (Array.isArray(value)) for (const each of value) checkInside(each);
  else if (typeof value === 'object' && value !== null && !('tokens' in (value as Partial<Fragment>))) {
    if ('kind' in value && 'line' in value) checkStatement(value as Statement);
    else for (const each of Object.values(value) as unknown[]) checkInside(each);
  }
};

/** The results of rows of arguments, which are JSON arrays; each distinct row is computed once. */
export const answerByScript = async (
  context: StatementContext,
  details: FunctionDetails,
  rows: readonly string[],
): Promise<(string | null)[]> => {
  const host = sessionHost(context, true);
  const repeatable = !tokenize(details.text).some(({ value }) => UNREPEATABLE.has(value));
  const known = new Map<string, string | null>();
  const answers: (string | null)[] = [];
  for (const row of rows) {
    const answer = known.has(row) ? known.get(row)! : await answerTo(host, details, row);
    if (repeatable) known.set(row, answer);
    answers.push(answer);
  }
  return answers;
};

const answerTo = async (
  host: Host,
  { parameters, returns, text }: FunctionDetails,
  row: string,
): Promise<string | null> => {
  const given = new Map<string, TypedValue>();
  if (parameters.length > 0) {
    const items = parameters.map(({ type }, i) => {
      const item = `PARSE_JSON(?)[${i}]`;
      return `CAST(${SEMI_STRUCTURED.has(type.type) ? item : `${item}::VARCHAR`} AS ${typeText(type)})`;
    });
    const { outcome } = await host.evaluate(
      `SELECT ${items.join(', ')}`,
      parameters.map(() => plainText(row)),
    );
    for (const [i, { name, type }] of parameters.entries()) given.set(name, { ...type, text: outcome.rows[0]![i]! });
  }
  const returned = await asDeclared(host, await runBlock(host, parseScript(text), given), returns);
  const value = 'value' in returned ? returned.value : plainText(null);
  if (value.text === null || ['text', 'fixed', 'real', 'boolean'].includes(value.type)) return value.text;
  const { outcome } = await host.evaluate(`SELECT TO_VARCHAR(${boundText(value)})`, [value]);
  return outcome.rows[0]![0]!;
};
