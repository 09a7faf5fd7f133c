import { BATCH_CONTRACTS, REPLAY_CONTRACTS, TRIGGER_CONTRACTS } from '../../events/contracts.ts';
import { publisher } from '../../shared/bus/publisher.ts';
import { consume } from '../../shared/lambda/consume.ts';
import { on } from '../../shared/lambda/reading.ts';
import { logger } from '../../shared/log.ts';
import { connect } from '../../shared/snowflake/connect.ts';
import type { BatchEvent } from './batch-event.ts';
import { Config } from './config.ts';
import { followBatch } from './service.ts';
import { topology } from './topology.ts';
import { followTrigger } from './trigger-holds/service.ts';
import type { TriggerEvent } from './trigger-holds/trigger-event.ts';

const { service, maxReceives } = topology;
const config = Config.parse(process.env);
const log = logger(service);
const now = (): Date => new Date();
const publish = publisher(config.BUS_NAME);
const warehouse = connect(config, { log });
const deps = { warehouse, publish, now, stage: config.STAGE };
const follow = followBatch(deps);
const trigger = followTrigger(deps);

export const handler = consume({ service, maxReceives, publish, log, now }, [
  ...[...BATCH_CONTRACTS, ...REPLAY_CONTRACTS].map((it) => on(it, (event) => follow(event as BatchEvent))),
  ...TRIGGER_CONTRACTS.map((it) => on(it, (event) => trigger(event as TriggerEvent))),
]);
