import { attachWarehouse } from '../attach.ts';
import { distinctNames, rowToJson, toText, type Cell } from '../cells.ts';
import type { Context } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import { openSession, type Result } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../view/numbers.ts';
import { omittedLine } from '../view/report.ts';
import { layOut } from '../view/table.ts';

const ROWS_MEASURED = 500; // as many as decide on the widths of a table's columns
const JSON_CHUNK = 1 << 16;

/** Runs one statement through snowflake-sdk and shows its result, however long that is. */
export const sql = async (context: Context, statement: string, options: CommonOptions): Promise<number> => {
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const result = await session.stream({ text: statement });
    await (options.json ? writeJson(context.terminal, result) : writeTable(context.terminal, result));
    await session.close();
    return 0;
  } finally {
    await warehouse.close();
  }
};

/** Writes an array of objects, row by row. */
export const writeJson = async (terminal: Pick<Terminal, 'result'>, result: Result): Promise<void> => {
  const names = distinctNames(result.columns.map((it) => it.name));
  let text = '[';
  let separator = '';
  for await (const row of result.rows) {
    text += separator + rowToJson(names, row);
    separator = ',\n';
    if (text.length < JSON_CHUNK) continue;
    await terminal.result(text);
    text = '';
  }
  await terminal.result(`${text}]\n`);
};

/** Writes a table whose columns are as wide as its first rows ask for. */
export const writeTable = async (terminal: Terminal, result: Result): Promise<void> => {
  const columns = result.columns.map((it) => ({
    name: it.name,
    align: it.isNumber ? ('right' as const) : ('left' as const),
    narrowest: 8,
  }));
  const measured: string[][] = [];
  const rows = result.rows[Symbol.asyncIterator]();
  let next = await rows.next();
  for (; !next.done && measured.length < ROWS_MEASURED; next = await rows.next()) measured.push(texts(next.value));

  const table = layOut(columns, measured, terminal.width);
  const [names, rule] = table.head;
  const head = [terminal.paint('bold', names!), terminal.paint('dim', rule!)];
  await terminal.result(`${[...head, ...measured.map(table.line)].join('\n')}\n`);
  let count = measured.length;
  for (; !next.done; next = await rows.next()) {
    count += 1;
    await terminal.result(`${table.line(texts(next.value))}\n`);
  }
  const more = table.omitted.length === 0 ? '' : `${omittedLine(table.omitted)}\n`;
  await terminal.result(terminal.paint('dim', `(${plural(count, 'row')})`) + `\n${more}`);
};

const texts = (row: readonly Cell[]): string[] => row.map(toText);
