import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { on } from '../../shared/lambda/reading.ts';
import { wire } from '../../shared/lambda/wire.ts';
import { noticeDrift } from './drift/service.ts';
import { Config } from './config.ts';
import { dropExtracted, dropShadow, extractBatch } from './service.ts';
import { topology } from './topology.ts';

const deps = wire(Config.parse(process.env), topology.service);

export const handler = consume({ ...topology, ...deps }, [
  on(BatchTriggered, extractBatch(deps)),
  on(BatchExtracted, noticeDrift(deps)),
  on(BatchCompleted, dropExtracted(deps)),
  on(BackfillEnded, dropShadow(deps)),
]);
