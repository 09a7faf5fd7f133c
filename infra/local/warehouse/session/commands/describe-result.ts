import { displayType } from '../../catalog/column-types.ts';
import { quoteString } from '../../sql/string-literal.ts';
import type { Command } from '../command.ts';
import { STATEMENT_TYPE, table, text } from '../outcome.ts';
import { recordOf } from '../result-scan.ts';
import { scopeOf } from '../plan.ts';

const COLUMNS = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
].map(text);

/** DESCRIBE RESULT: the columns of what an earlier statement returned. */
export const describeResult: Command = {
  matches: ([verb, what]) => (verb === 'DESCRIBE' || verb === 'DESC') && what === 'RESULT',
  run: async (context) => {
    const cursor = context.cursor();
    cursor.next();
    cursor.expect('RESULT');
    const { columns } = recordOf(place(), scopeOf(context.session));
    const rows = columns.map((column) => [
      column.name,
      displayType(column),
      'COLUMN',
      column.nullable === false ? 'N' : 'Y',
      null,
      'N',
      'N',
      null,
      null,
      null,
    ]);
    return table(COLUMNS, rows, STATEMENT_TYPE.select);

    /** The id as RESULT_SCAN has it in its argument. */
    function place(): string {
      if (!cursor.accept('LAST_QUERY_ID')) {
        const id = quoteString(cursor.string());
        cursor.finish();
        return id;
      }
      cursor.expect('(');
      const number = cursor.at(')') ? -1 : cursor.number();
      cursor.expect(')');
      cursor.finish();
      return `_sf.query_id(getvariable('sf_query_ids'), ${number})`;
    }
  },
};
