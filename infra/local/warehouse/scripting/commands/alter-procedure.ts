import { alreadyExists } from '../../catalog/errors.ts';
import { alterObject, pathIn } from '../../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../../catalog/properties.ts';
import { namedFunction } from '../../functions/named-function.ts';
import { command } from '../../session/command.ts';
import { status } from '../../session/outcome.ts';
import type { ProcedureDetails } from '../procedure-object.ts';

/** ALTER PROCEDURE: its name, comment, and with whose rights it runs. */
export const alterProcedure = command('ALTER PROCEDURE', async (context) => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'PROCEDURE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const { path } = namedFunction(cursor, context);
  const { catalog } = context.warehouse;
  if (ifExists && catalog.find('PROCEDURE', path) === undefined) return status('Statement executed successfully.');
  if (cursor.accept('RENAME', 'TO')) {
    const target = pathIn(context, cursor.name());
    cursor.finish();
    const renamed = [...target.slice(0, 2), target[2]! + path[2]!.slice(path[2]!.lastIndexOf('('))];
    if (catalog.find('PROCEDURE', renamed)) throw alreadyExists(target);
    return alterObject<ProcedureDetails>(context, 'PROCEDURE', path, async (procedure) => ({
      ...procedure,
      path: renamed,
      details: { ...procedure.details, name: target[2]! },
    }));
  }
  if (cursor.accept('EXECUTE', 'AS')) {
    const executeAs = cursor.accept('CALLER') ? 'CALLER' : 'OWNER';
    if (executeAs === 'OWNER') cursor.expect('OWNER');
    cursor.finish();
    return alterObject<ProcedureDetails>(context, 'PROCEDURE', path, async (procedure) => ({
      ...procedure,
      details: { ...procedure.details, executeAs },
    }));
  }
  const unset = cursor.accept('UNSET', 'COMMENT');
  if (!unset) cursor.expect('SET');
  const comment = unset ? '' : propertyText(parseProperties(cursor)['COMMENT']);
  cursor.finish();
  return alterObject(context, 'PROCEDURE', path, async (procedure) => ({ ...procedure, comment }));
});
