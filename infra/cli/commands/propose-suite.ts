import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { TableRef } from '../../../events/contract.ts';
import { readSuite } from '../../../services/validate/suites/compile-suite.ts';
import { attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../session.ts';
import { propose, type Proposal } from '../suite/propose.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../view/numbers.ts';
import { tableLines } from '../view/report.ts';
import { visible } from '../view/text.ts';

export type ProposeOptions = CommonOptions & { readonly out?: string; readonly key?: string };

/** Proposes a first suite that a table meets, shows it, and keeps it where it is told to. */
export const proposeSuite = async (context: Context, what: string, options: ProposeOptions): Promise<number> => {
  const { terminal } = context;
  const { data, out, json } = options;
  const table = tableOf(context, what, data);
  if (out !== undefined && existsSync(out))
    throw new Refusal(`${out} is there already, and is left as it is`, { next: 'name another file by --out' });
  expectData(data, nextCommand(context, 'run FILE...', data));
  const warehouse = await attachWarehouse(data);
  try {
    const session = await openSession(warehouse.at);
    const proposal = await propose(session, table, options.key);
    await session.close();
    if (!proposal)
      throw new Refusal(`there is no table ${table}, or none that you may read`, {
        next: nextCommand(context, 'sql "SHOW TABLES IN ACCOUNT"', data),
      });
    const text = `${JSON.stringify(proposal.suite, null, 2)}\n`;
    if (out !== undefined) await writeFile(out, text);
    const next =
      out === undefined
        ? nextCommand(context, `suite propose ${table} --out FILE`, data)
        : `${context.firn} suite check ${out}`;
    await terminal.result(
      json ? text : `${[...proposalLines(terminal, table, proposal), `next   ${next}`].join('\n')}\n`,
    );
    return 0;
  } finally {
    await warehouse.close();
  }
};

const tableOf = (context: Context, what: string, data: string): TableRef => {
  const table = TableRef.safeParse(what.toUpperCase());
  if (table.success) return table.data;
  throw new Refusal(`${what} is no table's whole name: write DATABASE.SCHEMA.TABLE, in plain identifiers`, {
    next: nextCommand(context, 'suite propose DEV_RAW_PROCESSED.ECOMM.ORDERS', data),
  });
};

const proposalLines = (terminal: Terminal, table: TableRef, { rows, suite, leftOut }: Proposal): readonly string[] => [
  terminal.paint(
    'bold',
    `${table}: ${plural(suite.expectations.length, 'expectation')}, met by its ${plural(rows, 'row')}`,
  ),
  ...tableLines(
    terminal,
    [
      { name: 'expect', narrowest: 20 },
      { name: 'column', narrowest: 6 },
      { name: 'how', narrowest: 10 },
      { name: 'not met' },
    ],
    readSuite(suite.name, suite).expectations.map(({ rule, column, kwargs, severity }) => [
      rule.replace(/^expect_/, ''),
      visible(column ?? '-'),
      visible(shown(kwargs)),
      severity,
    ]),
  ),
  ...leftOut.map((it) => visible(`(${it} is left out: a suite can't name a column in small letters)`)),
];

/** Arguments as people read them; of lists how long they are. */
const shown = (kwargs: Readonly<Record<string, unknown>>): string =>
  Object.entries(kwargs)
    .filter(([key]) => key !== 'column' && key !== 'column_list')
    .map(([key, value]) => `${key} ${Array.isArray(value) ? plural(value.length, 'value') : String(value)}`)
    .join(', ');
