import { copyHistory } from '../copy/copy-history-function.ts';
import type { StartService } from '../services.ts';
import { PipeLoader, setLoader } from './pipe-loader.ts';
import { PipeQueue } from './pipe-queue.ts';

/** Lets pipes load what buckets tell of, beginning with what was still waiting when the warehouse last stopped. */
export const startPipes: StartService = async (warehouse) => {
  const loader = new PipeLoader(warehouse, await PipeQueue.open(warehouse.database.own));
  setLoader(warehouse, loader);
  await loader.queue.keepOnly(loader.pipes.map(({ id }) => id));
  warehouse.tableFunctions.set('INFORMATION_SCHEMA.COPY_HISTORY', copyHistory);
  for (const { id } of loader.pipes) loader.wake(id);
  return { close: () => loader.close() };
};
