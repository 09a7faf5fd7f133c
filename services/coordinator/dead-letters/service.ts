import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { BATCH_CONTRACTS } from '../../../events/contracts.ts';
import { failure } from '../../../shared/bus/failure.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import type { DeadLetter, DeadLetterQueues } from '../../../shared/bus/dead-letters.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { deadLettersName } from '../../../shared/topology.ts';
import { keepDeadLetter } from '../sql/keep-dead-letter.ts';
import { readBatch } from '../sql/read-batch.ts';
import { eventOf } from '../service.ts';
import { batchLog, deadLetters } from '../tables.ts';
import { topology } from '../topology.ts';
import { readLetter } from './read-letter.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
  readonly queues: DeadLetterQueues;
}

const TAG = { pipeline: '-', batchId: 'DEAD_LETTERS', attempt: 1 };
/** A run ends in time; what is left waits for the next. */
const MOST_ROUNDS = 20;

const ENDS: ReadonlySet<string> = new Set([BatchLoaded.type, BatchCompleted.type]);

// A failure that could not be written down would otherwise fail again and again, under ever new ids.
const TOLD: ReadonlySet<string> = new Set(
  BATCH_CONTRACTS.map((it) => it.type).filter((type) => type !== BatchFailed.type),
);

/** Keeps every service's dead letters, tells the failures that nobody has told, then takes them off their queues. Safe to run again. */
export const readDeadLetters = (deps: Deps) => async (): Promise<void> => {
  for (const service of topology.readsDeadLettersOf ?? []) {
    const queue = deadLettersName(deps.stage, service);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const letters = await deps.queues.receive(queue);
      if (letters.length === 0) break;
      for (const letter of letters) {
        await keep(deps, service, letter);
        await deps.queues.remove(queue, letter);
      }
    }
  }
};

const keep = async ({ warehouse, publish, now, stage }: Deps, service: string, letter: DeadLetter): Promise<void> => {
  const { type, envelope, kind, reason } = readLetter(letter);
  const kept = { ...letter, service, event: envelope, type, kind, reason, now: now() };
  await warehouse.run(keepDeadLetter({ ...kept, into: deadLetters(stage) }), envelope ?? TAG);
  if (type === null || envelope === null || !TOLD.has(type)) return;
  const told = failure(envelope, { service, type, error: { kind, message: reason } }, now());
  const { rows } = await warehouse.run(readBatch({ from: batchLog(stage), batchId: envelope.batchId }), envelope);
  const history = rows.map(eventOf);
  // The service told it itself with its last try, with a better reason than can be known here.
  if (history.some((it) => it.id === told.event.id)) return;
  // A late repeat of what has been done fails on tables that are gone: the batch has not failed.
  if (history.some((it) => ENDS.has(it.type) && it.attempt >= envelope.attempt)) return;
  await publish([told]);
};
