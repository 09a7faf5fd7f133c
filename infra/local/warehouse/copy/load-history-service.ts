import type { StartService } from '../services.ts';
import { validate } from './validate.ts';
import { createLoadHistory } from './load-history.ts';

/** Keeps which files have been loaded, and lets VALIDATE tell what could not be. */
export const startLoadHistory: StartService = async ({ database, tableFunctions }) => {
  await createLoadHistory(database.own);
  tableFunctions.set('VALIDATE', validate);
  return { close: async () => undefined };
};
