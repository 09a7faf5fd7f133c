import { ident } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { objectNames } from '../../snowflake/deployment.ts';
import type { Context } from '../context.ts';
import { toText } from '../cells.ts';
import { flowNamed } from '../flow/find-batch.ts';
import type { Row } from '../session.ts';
import { stageAtWork } from '../target.ts';
import { layOut } from '../view/table.ts';
import { inSession } from './apply.ts';

export interface MonitorOptions {
  readonly data: string;
  readonly pipeline: string;
  readonly json?: true;
}

/** One question and what came of it: the SQL can be pasted into a worksheet. */
interface View {
  readonly title: string;
  readonly sql: string;
  readonly columns: readonly string[];
}

const viewsOf = (pipeline: string): readonly View[] => {
  const { extract } = flowNamed(pipeline);
  const names = objectNames({ stage: stageAtWork() }, { extract });
  const [database, schema] = names.table.split('.') as [string, string];
  const at = ident(`${database}.${schema}`).text;
  return [
    {
      title: 'Pipes',
      sql: `show pipes in schema ${at}`,
      columns: ['name', 'owner', 'notification_channel', 'invalid_reason'],
    },
    {
      title: 'Pipe status',
      sql: `select system$pipe_status(${literal(names.pipe).text}) as STATUS`,
      columns: ['STATUS'],
    },
    {
      title: 'Streams',
      sql: `show streams in schema ${at}`,
      columns: ['name', 'table_name', 'mode', 'stale', 'stale_after'],
    },
    {
      title: 'Tasks',
      sql: `show tasks in schema ${at}`,
      columns: ['name', 'state', 'schedule', 'condition', 'last_suspended_reason'],
    },
    {
      title: 'Runs of tasks',
      sql: `select NAME, STATE, SCHEDULED_TIME, COMPLETED_TIME, NEXT_SCHEDULED_TIME, ERROR_CODE, ERROR_MESSAGE
from table(${ident(`${database}.INFORMATION_SCHEMA`).text}.task_history(scheduled_time_range_start => dateadd('hour', -24, current_timestamp()), result_limit => 1000))
where SCHEMA_NAME = ${literal(schema).text} and NAME in (${literal(names.task1.split('.')[2]!).text}, ${literal(names.task2.split('.')[2]!).text})
qualify row_number() over (partition by NAME, STATE order by SCHEDULED_TIME desc) = 1
order by NAME, SCHEDULED_TIME desc`,
      columns: [
        'NAME',
        'STATE',
        'SCHEDULED_TIME',
        'COMPLETED_TIME',
        'NEXT_SCHEDULED_TIME',
        'ERROR_CODE',
        'ERROR_MESSAGE',
      ],
    },
    { title: 'Procedures', sql: `show procedures in schema ${at}`, columns: ['name', 'arguments', 'created_on'] },
  ];
};

/** Shows pipes, streams, tasks and procedures of a pipeline, each with the statement that asked for it. */
export const monitor = ({ terminal }: Context, options: MonitorOptions): Promise<number> =>
  inSession(options, async (session) => {
    const found: { view: View; rows: readonly Row[] }[] = [];
    for (const view of viewsOf(options.pipeline)) found.push({ view, rows: await session.rows({ text: view.sql }) });
    const text = options.json
      ? JSON.stringify(found.map(({ view: { title, sql }, rows }) => ({ title, sql, rows })))
      : found.map(({ view, rows }) => section(view, rows, terminal.width, terminal.paint)).join('\n\n');
    await terminal.result(`${text}\n`);
    return 0;
  });

const section = (
  { title, sql, columns }: View,
  rows: readonly Row[],
  width: number,
  paint: Context['terminal']['paint'],
): string => {
  const cells = rows.map((row) => columns.map((it) => toText(row[it] ?? null)));
  const table = layOut(
    columns.map((it) => ({ name: it })),
    cells,
    width,
  );
  return [
    paint('bold', title),
    paint('dim', sql),
    ...(rows.length === 0 ? ['none'] : [...table.head, ...cells.map((it) => table.line(it))]),
  ].join('\n');
};
