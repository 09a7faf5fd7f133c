import { notFound } from '../catalog/errors.ts';
import { dropObject } from '../catalog/lifecycle.ts';
import { showCommand } from '../catalog/show.ts';
import { shortType } from '../scripting/commands/create-procedure.ts';
import { command, type Command } from '../session/command.ts';
import { integer, STATEMENT_TYPE, table, text, timestamp } from '../session/outcome.ts';
import { alterFunction } from '../external/alter-function.ts';
import { createExternalFunction } from '../external/create-external-function.ts';
import { createFunction } from './create-function.ts';
import { describedFunction, returnsText } from './described-function.ts';
import type { FunctionObject } from './function-object.ts';
import { namedFunction } from './named-function.ts';

const FLAGS = ['is_builtin', 'is_aggregate', 'is_ansi'];

/** CREATE, DROP, SHOW and DESCRIBE of user-defined functions. */
export const functionCommands: readonly Command[] = [
  createFunction,
  createExternalFunction,
  alterFunction,
  command('DROP FUNCTION', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'FUNCTION');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const { path, name } = namedFunction(cursor, context);
    cursor.finish();
    return dropObject(context, 'FUNCTION', path, ifExists, undefined, name);
  }),
  ...(['USER FUNCTIONS', 'FUNCTIONS', 'EXTERNAL FUNCTIONS'] as const).map((words) =>
    showCommand({
      words,
      kinds: ['FUNCTION'],
      only: (object) => words !== 'EXTERNAL FUNCTIONS' || (object as FunctionObject).details.remote !== undefined,
      nameOf: (object) => (object as FunctionObject).details.name,
      columns: [
        timestamp('created_on'),
        text('name'),
        text('schema_name'),
        ...FLAGS.map((flag) => text(flag)),
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
        text('is_external_function'),
        text('language'),
        text('is_memoizable'),
        text('is_data_metric'),
      ],
      row: (object) => {
        const { path, createdOn, details, comment } = object as FunctionObject;
        const { name, parameters, secure } = details;
        const types = parameters.map(
          ({ type, fallback }) => (fallback === undefined ? '' : 'DEFAULT ') + shortType(type),
        );
        return [
          new Date(createdOn),
          name,
          path[1],
          ...FLAGS.map(() => 'N'),
          parameters.filter(({ fallback }) => fallback === undefined).length,
          parameters.length,
          `${name}(${types.join(', ')}) RETURN ${returnsText(details)}`,
          comment || 'user-defined function',
          path[0],
          details.table === undefined ? 'N' : 'Y',
          'N',
          secure ? 'Y' : 'N',
          null,
          null,
          details.remote === undefined ? 'N' : 'Y',
          details.remote === undefined ? (details.language ?? 'SQL') : 'EXTERNAL',
          'N',
          'N',
        ];
      },
    }),
  ),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} FUNCTION`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'FUNCTION');
      const { path } = namedFunction(cursor, context);
      cursor.finish();
      const object = context.warehouse.catalog.find('FUNCTION', path);
      if (object === undefined || !context.session.access.visible(object)) throw notFound('FUNCTION', path);
      const rows = describedFunction(object as FunctionObject, context.session.access.allows('OWNERSHIP', object));
      return table([text('property'), text('value')], rows, STATEMENT_TYPE.select);
    }),
  ),
];
