import { ownQueue } from '../bus/own-queue.ts';
import { publisher } from '../bus/publisher.ts';
import { logger } from '../log.ts';
import { measured } from '../metrics/measured.ts';
import { metrics } from '../metrics/metrics.ts';
import { connect } from '../snowflake/connect.ts';
import type { SnowflakeConfig } from '../snowflake/config.ts';
import { serviceName, type Stage } from '../topology.ts';

/** Connects a service to its world: what its handler and its use cases are given where they run for real. */
export const wire = (
  config: SnowflakeConfig & { readonly STAGE: Stage; readonly BUS_NAME: string },
  service: string,
) => {
  const stage = config.STAGE;
  const now = (): Date => new Date();
  const log = logger(service);
  const measure = metrics(stage, { now });
  return {
    stage,
    now,
    log,
    measure,
    publish: measured(publisher(config.BUS_NAME), measure),
    warehouse: connect(config, { log, stage: service }),
    later: ownQueue(serviceName(stage, service)),
  };
};
