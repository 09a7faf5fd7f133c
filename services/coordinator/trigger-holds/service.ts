import { TRIGGER_CONTRACTS } from '../../../events/contracts.ts';
import { read, TRIGGER_STREAM } from '../../../events/contract.ts';
import { TriggerResumed } from '../../../events/trigger-resumed.v1.ts';
import { TriggerSuspended } from '../../../events/trigger-suspended.v1.ts';
import { answer } from '../../../shared/bus/answer.ts';
import type { Outgoing, Publish } from '../../../shared/bus/publisher.ts';
import type { Value, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { appendEvent } from '../sql/append-event.ts';
import { readTrigger } from '../sql/read-trigger.ts';
import { resumeTask, suspendTask } from '../sql/toggle-task.ts';
import { batchLog, triggerTask } from '../tables.ts';
import { evolveHolds, holdsIn, noHolds, type Hold } from './holds.ts';
import type { TriggerEvent, TriggerRequest } from './trigger-event.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

/** Writes a request down, sets the trigger task as all holders together want it, and says how it is now. Safe to run again. */
export const followTrigger =
  ({ warehouse, publish, now, stage }: Deps) =>
  async (event: TriggerEvent): Promise<void> => {
    pipelineOf(event.pipeline);
    await warehouse.run(appendEvent({ into: batchLog(stage), event, now: now() }), event);
    if (event.type !== 'suspend.requested.v1' && event.type !== 'resume.requested.v1') return;
    const holds = await setTrigger({ warehouse, stage }, event.pipeline, event);
    await publish([told(event, holds, now())]);
  };

/** Makes the trigger task run or stand still as its holders want it; returns who holds it. */
export const setTrigger = async (
  { warehouse, stage }: Pick<Deps, 'warehouse' | 'stage'>,
  pipeline: string,
  lately?: TriggerRequest,
): Promise<readonly Hold[]> => {
  const tag = { pipeline, batchId: TRIGGER_STREAM, attempt: 1 };
  const { rows } = await warehouse.run(readTrigger({ from: batchLog(stage), pipeline }), tag);
  // The log may not show this session's own last row to it yet; evolving twice by one event is harmless.
  const events = [...rows.map(triggerEventOf), ...(lately ? [lately] : [])];
  const holds = holdsIn(events.reduce(evolveHolds, noHolds));
  const task = triggerTask(stage, pipelineOf(pipeline));
  await warehouse.run(holds.length > 0 ? suspendTask(task) : resumeTask(task), tag);
  return holds;
};

const told = (request: TriggerRequest, holds: readonly Hold[], now: Date): Outgoing =>
  holds.length > 0
    ? { contract: TriggerSuspended, event: answer(request, TriggerSuspended, { holders: [...holds] }, now) }
    : { contract: TriggerResumed, event: answer(request, TriggerResumed, {}, now) };

/** An event about a trigger as the log keeps it. */
export const triggerEventOf = (row: Readonly<Record<string, Value>>): TriggerEvent => {
  const contract = TRIGGER_CONTRACTS.find((it) => it.type === row['EVENT_TYPE'])!;
  const detail = typeof row['DETAIL'] === 'string' ? JSON.parse(row['DETAIL']) : row['DETAIL'];
  return read(contract, detail) as unknown as TriggerEvent;
};
