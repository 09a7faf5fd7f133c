import { notFound } from '../../catalog/errors.ts';
import { dropObject, pathIn } from '../../catalog/lifecycle.ts';
import { parseColumnType, type ColumnType } from '../../catalog/column-types.ts';
import { showCommand } from '../../catalog/show.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { integer, STATEMENT_TYPE, status, table, text, timestamp } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { temporaryProcedures } from '../temporary-procedures.ts';
import type { ProcedureObject } from '../procedure-object.ts';
import { alterProcedure } from './alter-procedure.ts';
import { createProcedure, shortType } from './create-procedure.ts';

const signature = ({ details }: ProcedureObject): string =>
  `${details.name}(${details.parameters.map(({ type, out }) => (out ? 'OUT ' : '') + shortType(type)).join(', ')})`;

/** CREATE, ALTER, DROP, SHOW and DESCRIBE of procedures. */
export const procedureCommands: readonly Command[] = [
  createProcedure,
  alterProcedure,
  command('DROP PROCEDURE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'PROCEDURE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const { path, name } = named(cursor, context);
    cursor.finish();
    if (temporaryProcedures(context.session).delete(path.join('\0'))) return status(`${name} successfully dropped.`);
    return dropObject(context, 'PROCEDURE', path, ifExists, undefined, name);
  }),
  showCommand({
    words: 'PROCEDURES',
    kinds: ['PROCEDURE'],
    nameOf: (object) => (object as ProcedureObject).details.name,
    columns: [
      timestamp('created_on'),
      text('name'),
      text('schema_name'),
      text('is_builtin'),
      text('is_aggregate'),
      text('is_ansi'),
      integer('min_num_arguments'),
      integer('max_num_arguments'),
      text('arguments'),
      text('description'),
      text('catalog_name'),
      text('is_table_function'),
      text('valid_for_clustering'),
      text('is_secure'),
      text('secrets'),
      text('external_access_integrations'),
    ],
    row: (object) => {
      const procedure = object as ProcedureObject;
      const { path, createdOn, details, comment } = procedure;
      const least = details.parameters.filter(({ fallback }) => fallback === undefined).length;
      return [
        new Date(createdOn),
        details.name,
        path[1],
        'N',
        'N',
        'N',
        least,
        details.parameters.length,
        `${signature(procedure)} RETURN ${details.returnsText}`,
        comment || 'user-defined procedure',
        path[0],
        details.returns === undefined ? 'Y' : 'N',
        'N',
        'N',
        null,
        null,
      ];
    },
  }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} PROCEDURE`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'PROCEDURE');
      const { path } = named(cursor, context);
      cursor.finish();
      const object = context.warehouse.catalog.find('PROCEDURE', path);
      if (object === undefined || !context.session.access.visible(object)) throw notFound('PROCEDURE', path);
      const { details } = object as ProcedureObject;
      const parameters = details.parameters.map(({ name, type }) => `${name} ${shortType(type)}`).join(', ');
      const rows = [
        ['signature', `(${parameters})`],
        ['returns', details.returnsText],
        ['language', details.language ?? 'SQL'],
        ['null handling', details.strict ? 'RETURNS NULL ON NULL INPUT' : 'CALLED ON NULL INPUT'],
        ['volatility', 'VOLATILE'],
        ['execute as', details.executeAs],
        ['body', details.body],
      ];
      return table([text('property'), text('value')], rows, STATEMENT_TYPE.select);
    }),
  ),
];

const named = (cursor: Cursor, context: StatementContext): { path: string[]; name: string } => {
  const path = pathIn(context, cursor.name());
  const types: ColumnType[] = cursor.list(() => parseColumnType(cursor));
  return { path: [...path.slice(0, 2), `${path[2]}(${types.map(shortType).join(', ')})`], name: path[2]! };
};
