import type { StartService } from '../services.ts';
import { createLoadHistory } from './load-history.ts';

/** Keeps which files have been loaded. */
export const startLoadHistory: StartService = async ({ database }) => {
  await createLoadHistory(database.own);
  return { close: async () => undefined };
};
