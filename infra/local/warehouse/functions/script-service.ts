import type { StartService } from '../services.ts';
import { answerByScript } from './scripted-function.ts';

/** Lets statements call functions whose body is a block of Snowflake Scripting. */
export const startScripts: StartService = async (warehouse) => {
  warehouse.answerByScript = answerByScript;
  return { close: async () => undefined };
};
