import { deadLetterQueues } from '../../shared/bus/dead-letters.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { wire } from '../../shared/lambda/wire.ts';
import { Config } from './config.ts';
import { routes } from './routes.ts';
import { topology } from './topology.ts';

const config = Config.parse(process.env);
const deps = wire(config, topology.service);

export const handler = consume(
  { ...topology, ...deps },
  routes({
    ...deps,
    queues: deadLetterQueues(),
    standstillSeconds: Number(config.STANDSTILL_SECONDS ?? 3600),
  }),
);
