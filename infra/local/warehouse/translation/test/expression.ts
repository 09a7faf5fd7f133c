import type { Client } from '../../test/client.ts';

/** What an expression gives: the text, number or boolean that the driver shows; `!!` and a piece of the message for an error. */
export type Expected = string | number | boolean | null;

/** One expression, or a whole query of one value, perhaps behind other statements that end in `;` and a new line, and what Snowflake documents for it. */
export type Expression = readonly [sql: string, expected: Expected];

const SCRIPT = ';\n';

const isQuery = (sql: string): boolean => /^(?:SELECT|WITH)\b/i.test(sql) || sql.includes(SCRIPT);

const isFailure = (expected: Expected): expected is string =>
  typeof expected === 'string' && expected.startsWith('!! ');

const trimmed = (text: string): string => (/\d:\d\d\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text);

/** The value as the tables spell it: JSON as its text, times without the fraction's zeros. */
const shown = (value: unknown, expected: Expected): unknown => {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  if (typeof value !== 'string') return value ?? null;
  return typeof expected === 'number' ? Number(value) : trimmed(value);
};

const alone = async (client: Client, [sql, expected]: Expression): Promise<unknown> => {
  try {
    const statements = isQuery(sql) ? sql.split(SCRIPT) : [`SELECT ${sql}`];
    for (const statement of statements.slice(0, -1)) await client.run(statement);
    const [value] = await select(client, statements.at(-1)!);
    return shown(value, expected);
  } catch (error) {
    const { message } = error as Error;
    return isFailure(expected) && message.includes(expected.slice(3)) ? expected : `!! ${message}`;
  }
};

const select = async (client: Client, sqlText: string): Promise<unknown[]> => {
  const [row] = await client.run(sqlText, undefined, { fetchAsString: ['Number', 'Date', 'JSON', 'Buffer'] });
  return Object.values(row ?? {});
};

const BATCH = 25;

/** The values of all expressions: many in one statement where nothing fails, as a statement costs more than a value. */
export const valuesOf = async (client: Client, expressions: readonly Expression[]): Promise<unknown[]> => {
  const values: unknown[] = [];
  for (let i = 0; i < expressions.length; i += BATCH) {
    const batch = expressions.slice(i, i + BATCH);
    const together = batch.filter(([sql, expected]) => !isQuery(sql) && !isFailure(expected));
    const found = new Map<Expression, unknown>();
    try {
      const row = await select(client, `SELECT ${together.map(([sql], n) => `${sql} AS C${n}`).join(', ')}`);
      together.forEach((one, n) => found.set(one, shown(row[n], one[1])));
    } catch {
      // Which one fails is seen when each is run alone.
    }
    for (const one of batch) values.push(found.has(one) ? found.get(one) : await alone(client, one));
  }
  return values;
};
