import { publisher } from '../../shared/bus/publisher.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { logger } from '../../shared/log.ts';
import { connect } from '../../shared/snowflake/connect.ts';
import { Config } from './config.ts';
import { routes } from './routes.ts';
import { topology } from './topology.ts';

const { service, maxReceives } = topology;
const config = Config.parse(process.env);
const log = logger(service);
const now = (): Date => new Date();
const publish = publisher(config.BUS_NAME);
const warehouse = connect(config, { log });

export const handler = consume(
  { service, maxReceives, publish, log, now },
  routes({
    warehouse,
    publish,
    now,
    stage: config.STAGE,
    standstillSeconds: Number(config.STANDSTILL_SECONDS ?? 3600),
  }),
);
