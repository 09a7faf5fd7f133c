import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { publisher } from '../../shared/bus/publisher.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { on } from '../../shared/lambda/reading.ts';
import { logger } from '../../shared/log.ts';
import { measured } from '../../shared/metrics/measured.ts';
import { metrics } from '../../shared/metrics/metrics.ts';
import { connect } from '../../shared/snowflake/connect.ts';
import { Config } from './config.ts';
import { dropExtracted, dropShadow, extractBatch } from './service.ts';
import { topology } from './topology.ts';

const { service, maxReceives } = topology;
const config = Config.parse(process.env);
const log = logger(service);
const now = (): Date => new Date();
const measure = metrics(config.STAGE, { now });
const publish = measured(publisher(config.BUS_NAME), measure);
const warehouse = connect(config, { log });

export const handler = consume({ service, maxReceives, publish, log, now }, [
  on(BatchTriggered, extractBatch({ warehouse, publish, now })),
  on(BatchCompleted, dropExtracted({ warehouse, now })),
  on(BackfillEnded, dropShadow({ warehouse })),
]);
