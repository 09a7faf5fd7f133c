import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { on } from '../../shared/lambda/reading.ts';
import { wire } from '../../shared/lambda/wire.ts';
import { Config } from './config.ts';
import { dropShadow, loadBatch } from './service.ts';
import { topology } from './topology.ts';

const deps = wire(Config.parse(process.env), topology.service);

export const handler = consume({ ...topology, ...deps }, [
  on(BatchValidated, loadBatch(deps)),
  on(BackfillEnded, dropShadow(deps)),
]);
