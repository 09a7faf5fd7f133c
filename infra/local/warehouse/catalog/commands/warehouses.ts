import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status } from '../../session/outcome.ts';
import { createHead } from '../create-head.ts';
import { unsupported } from '../errors.ts';
import { alterObject, createObject, dropObject } from '../lifecycle.ts';
import { rename } from './rename.ts';
import { parseProperties, propertyText } from '../properties.ts';
import { showWarehouses, type WarehouseDetails } from './show-warehouses.ts';

/** Virtual warehouses are remembered and shown; every statement runs on the one machine there is, whichever is in use. */
export const warehouseCommands: readonly Command[] = [
  command('CREATE WAREHOUSE', async (context) => {
    const cursor = context.cursor();
    const head = createHead(cursor, 'WAREHOUSE');
    cursor.accept('WITH');
    const properties = parseProperties(cursor);
    cursor.finish();
    if (head.orAlter && context.warehouse.catalog.find('WAREHOUSE', head.name) !== undefined)
      return alterObject<WarehouseDetails>(context, 'WAREHOUSE', head.name, async (object) => ({
        ...object,
        comment: propertyText(properties['COMMENT']),
        details: { ...object.details, properties },
      }));
    const outcome = await createObject<WarehouseDetails>(context, {
      ...head,
      kind: 'WAREHOUSE',
      path: head.name,
      comment: propertyText(properties['COMMENT']),
      make: async () => ({ properties, suspended: properties['INITIALLY_SUSPENDED'] === true }),
    });
    context.session.currentWarehouse ??= head.name[0];
    return outcome;
  }),
  command('DROP WAREHOUSE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'WAREHOUSE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    cursor.finish();
    return dropObject(context, 'WAREHOUSE', path, ifExists);
  }),
  command('ALTER WAREHOUSE', async (context) => alter(context)),
  showWarehouses,
];

const alter = async (context: StatementContext) => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'WAREHOUSE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = cursor.name();
  if (ifExists && context.warehouse.catalog.find('WAREHOUSE', path) === undefined)
    return status('Statement executed successfully.');
  if (cursor.at('SUSPEND') || cursor.at('RESUME')) {
    const suspended = cursor.next().value === 'SUSPEND';
    cursor.accept('IF', 'SUSPENDED');
    cursor.finish();
    return alterObject<WarehouseDetails>(context, 'WAREHOUSE', path, async (object) => ({
      ...object,
      details: { ...object.details, suspended },
    }));
  }
  if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'WAREHOUSE', path);
  if (cursor.at('ABORT')) throw unsupported('ALTER WAREHOUSE ABORT ALL QUERIES');
  if (cursor.accept('UNSET')) {
    const gone: string[] = [];
    do gone.push(cursor.identifier());
    while (cursor.accept(','));
    cursor.finish();
    return alterObject<WarehouseDetails>(context, 'WAREHOUSE', path, async (object) => ({
      ...object,
      comment: gone.includes('COMMENT') ? '' : object.comment,
      details: {
        ...object.details,
        properties: Object.fromEntries(
          Object.entries(object.details.properties).filter(([name]) => !gone.includes(name)),
        ),
      },
    }));
  }
  cursor.expect('SET');
  const properties = parseProperties(cursor);
  cursor.finish();
  return alterObject<WarehouseDetails>(context, 'WAREHOUSE', path, async (object) => ({
    ...object,
    comment: propertyText(properties['COMMENT'], object.comment),
    details: { ...object.details, properties: { ...object.details.properties, ...properties } },
  }));
};
