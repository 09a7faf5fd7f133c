import type { ColumnType } from '../catalog/column-types.ts';
import { TEXT_LENGTH } from '../engine/wire-columns.ts';
import type { FunctionObject } from '../functions/function-object.ts';
import type { ApiDetails } from '../notifications/integration-object.ts';
import { shortType } from '../scripting/commands/create-procedure.ts';
import { typeText } from '../scripting/value.ts';
import type { StatementContext } from '../session/command.ts';

/** The headers that all batches of one statement share. */
export const headersOf = async (
  context: StatementContext,
  { details }: FunctionObject,
  { apiKey }: ApiDetails,
): Promise<Record<string, string>> => {
  const { name, parameters, returns, remote } = details;
  const signature = `(${parameters.map((parameter) => `${parameter.name} ${shortType(parameter.type)}`).join(', ')})`;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'sf-external-function-format': 'json',
    'sf-external-function-format-version': '1.0',
    'sf-external-function-current-query-id': context.queryId,
    ...twice('sf-external-function-name', name),
    ...twice('sf-external-function-signature', signature),
    ...twice('sf-external-function-return-type', returnType(returns)),
  };
  if (apiKey !== undefined) headers['x-api-key'] = apiKey;
  for (const [key, value] of Object.entries(remote?.headers ?? {})) headers[`sf-custom-${key.toLowerCase()}`] = value;
  const functions = remote?.contextHeaders ?? [];
  for (const [i, value] of (await contextValues(context, functions)).entries())
    Object.assign(headers, twice(`sf-context-${functions[i]!.toLowerCase().replaceAll('_', '-')}`, value));
  return headers;
};

/** A text without a length has the greatest there is. */
const returnType = (type: ColumnType): string =>
  type.type === 'text' && (type.length ?? TEXT_LENGTH) >= TEXT_LENGTH ? 'VARCHAR(134217728)' : typeText(type);

const contextValues = async (context: StatementContext, functions: readonly string[]): Promise<string[]> => {
  const values: string[] = [];
  for (const name of functions) {
    if (name === 'CURRENT_STATEMENT') values.push(context.statement.text);
    else if (name === 'LAST_QUERY_ID') values.push(context.session.queryIds.at(-1) ?? '');
    else values.push((await context.execute(`SELECT TO_VARCHAR(${name}())`)).rows[0]?.[0] ?? '');
  }
  return values;
};

/** A header whose value may hold anything: once with blanks for what headers cannot hold, once in base64. */
const twice = (name: string, value: string): Record<string, string> => ({
  [name]: value.replace(/[^\x21-\x7e]+/g, ' ').trim(),
  [`${name}-base64`]: Buffer.from(value).toString('base64'),
});
