import { SnowflakeError, type SnowflakeType } from '../contract.ts';
import type { FunctionObject } from '../functions/function-object.ts';
import { isAllowed, type ApiDetails } from '../notifications/integration-object.ts';
import type { StatementContext } from '../session/command.ts';
import { ask } from './ask.ts';
import { failed } from './failed.ts';
import { headersOf } from './headers.ts';

const MOST_ROWS = 1000;
const MOST_CHARACTERS = 4_000_000;
const AT_ONCE = 4;

/** Sends rows of arguments to an external function, in batches, and gives back one answer for each row. */
export const callRemote = async (
  context: StatementContext,
  routine: number,
  rows: readonly string[],
  round: number,
): Promise<(string | null)[]> => {
  const { warehouse, session, queryId } = context;
  const object = warehouse.catalog.list('FUNCTION').find(({ id }) => id === routine) as FunctionObject | undefined;
  if (object?.details.scripted) return warehouse.answerByScript!(context, object.details, rows);
  const remote = object?.details.remote;
  if (object === undefined || remote === undefined)
    throw new SnowflakeError('002140', '42601', 'SQL compilation error:\nThe external function has been dropped.');
  const integration = warehouse.catalog.find('INTEGRATION', [remote.integration]);
  const details = integration?.details as ApiDetails | undefined;
  if (details?.category !== 'API' || !details.enabled || !isAllowed(details, remote.url))
    throw failed(
      object.details.name,
      `API integration '${remote.integration}' is not there, not enabled, or does not allow it.`,
    );
  const headers = await headersOf(context, object, details);
  const batches = split(rows, Math.min(remote.maxBatchRows ?? MOST_ROWS, MOST_ROWS));
  const answers: (string | null)[] = [];
  for (let at = 0; at < batches.length; at += AT_ONCE) {
    const group = batches.slice(at, at + AT_ONCE).map((batch, i) =>
      ask({
        name: object.details.name,
        url: remote.url,
        headers: { ...headers, 'sf-external-function-query-batch-id': `${queryId}:${round}:${at + i}:0` },
        compression: remote.compression === 'AUTO' ? 'GZIP' : remote.compression,
        rows: batch,
        signal: session.signal,
        patience: warehouse.options.remotePatienceSeconds,
      }),
    );
    for (const values of await Promise.all(group)) answers.push(...values);
  }
  return answers.map((answer) => valueOf(answer, object.details.returns.type));
};

/** What DuckDB is told: documents as JSON, everything else as its text. */
const valueOf = (answer: string | null, type: SnowflakeType): string | null =>
  answer === null || type === 'variant' || type === 'object' || type === 'array' || !answer.startsWith('"')
    ? answer
    : String(JSON.parse(answer));

const split = (rows: readonly string[], most: number): string[][] => {
  const batches: string[][] = [];
  let characters = 0;
  for (const row of rows) {
    const batch = batches.at(-1);
    if (batch === undefined || batch.length >= most || characters + row.length > MOST_CHARACTERS) {
      batches.push([row]);
      characters = row.length;
    } else {
      batch.push(row);
      characters += row.length;
    }
  }
  return batches;
};
