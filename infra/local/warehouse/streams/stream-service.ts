import type { StartService } from '../services.ts';
import { journalChanges } from './journal.ts';
import { createOffsets } from './offsets.ts';
import { consumeStream, streamRelation } from './stream-relation.ts';

/** Lets streams be read, moved by DML, and told of rows that change. */
export const startStreams: StartService = async (warehouse) => {
  await createOffsets(warehouse.database.own.run);
  warehouse.relationProviders.set('STREAM', streamRelation);
  warehouse.consumers.set('STREAM', consumeStream);
  warehouse.modifying.push(journalChanges);
  return { close: async () => undefined };
};
