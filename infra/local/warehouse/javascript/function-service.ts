import type { FunctionObject } from '../functions/function-object.ts';
import type { StartService } from '../services.ts';
import { functionHandler } from './function-handlers.ts';

/** Lets translated statements call functions in JavaScript; a function's realm lives as long as the statement. */
export const startJavaScript: StartService = async ({ database, sessions, catalog }) => {
  database.own.define('sf_javascript', 3, (rows) => {
    const [id, routine] = rows[0]!;
    const session = [...sessions].find((each) => String(each.id) === id);
    const handlers = session?.calls?.handlers;
    let handler = handlers?.get(Number(routine));
    if (handler === undefined) {
      const object = catalog.list('FUNCTION').find((each) => each.id === Number(routine)) as FunctionObject;
      handler = functionHandler(object.details, String(session?.parameters.get('TIMEZONE') ?? 'UTC'));
      handlers?.set(Number(routine), handler);
    }
    return handler.answer(rows.map((row) => row[2]!));
  });
  return { close: async () => undefined };
};
