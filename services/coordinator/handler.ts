import { deadLetterQueues } from '../../shared/bus/dead-letters.ts';
import { publisher } from '../../shared/bus/publisher.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { logger } from '../../shared/log.ts';
import { measured } from '../../shared/metrics/measured.ts';
import { metrics } from '../../shared/metrics/metrics.ts';
import { connect } from '../../shared/snowflake/connect.ts';
import { Config } from './config.ts';
import { routes } from './routes.ts';
import { topology } from './topology.ts';

const config = Config.parse(process.env);
const log = logger(topology.service);
const now = (): Date => new Date();
const measure = metrics(config.STAGE, { now });
const publish = measured(publisher(config.BUS_NAME), measure);
const warehouse = connect(config, { log });

export const handler = consume(
  { ...topology, publish, log, now },
  routes({
    queues: deadLetterQueues(),
    warehouse,
    publish,
    measure,
    now,
    stage: config.STAGE,
    standstillSeconds: Number(config.STANDSTILL_SECONDS ?? 3600),
  }),
);
