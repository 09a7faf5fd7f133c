import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { on } from '../../shared/lambda/reading.ts';
import { wire } from '../../shared/lambda/wire.ts';
import { Config } from './config.ts';
import { quarantineRoutes } from './quarantine/routes.ts';
import { dropShadow, validateBatch } from './service.ts';
import { topology } from './topology.ts';

const deps = wire(Config.parse(process.env), topology.service);

export const handler = consume({ ...topology, ...deps }, [
  on(BatchExtracted, validateBatch(deps, 'extracted')),
  on(BatchTransformed, validateBatch(deps, 'transformed')),
  ...quarantineRoutes(deps),
  on(BackfillEnded, dropShadow(deps)),
]);
