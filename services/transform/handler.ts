import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { on } from '../../shared/lambda/reading.ts';
import { wire } from '../../shared/lambda/wire.ts';
import { Config } from './config.ts';
import { dropTransformed, transformBatch } from './service.ts';
import { topology } from './topology.ts';

const deps = wire(Config.parse(process.env), topology.service);

export const handler = consume({ ...topology, ...deps }, [
  on(BatchValidated, transformBatch(deps)),
  on(BatchCompleted, dropTransformed(deps)),
]);
