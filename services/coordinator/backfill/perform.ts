import { BatchId, type EventOf } from '../../../events/contract.ts';
import { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import { answer, answerId } from '../../../shared/bus/answer.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import { Defect } from '../../../shared/errors.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { streamed } from '../tables.ts';
import type { StoryEvent } from './backfill-event.ts';
import type { ChunkStart, Command } from './decide.ts';
import * as effects from './effects.ts';
import type { BackfillState } from './evolve.ts';

/** What carrying out a backfill's commands needs of the world. */
export interface BackfillDeps extends effects.EffectDeps {
  readonly publish: Publish;
}

/** Does what is to be done, tells the bus, and returns what it said; nothing where the time has not come yet. */
export const perform = async (
  deps: BackfillDeps,
  state: BackfillState,
  command: Command,
): Promise<readonly StoryEvent[]> => {
  const request = state.request!;
  switch (command.do) {
    case 'hold':
      return step(deps, state, await effects.hold(deps, request));
    case 'drain':
      return step(deps, state, await effects.drain(deps, request));
    case 'claim':
      return step(deps, state, await effects.claim(deps, request));
    case 'start':
      return start(deps, state, command.chunks);
    case 'compare':
      return step(deps, state, await effects.compare(deps, state));
    case 'publish': {
      const fate = await effects.publishShadows(deps, request);
      if (fate === 'published') return step(deps, state, { step: 'published' });
      return end(deps, state, { do: 'end', outcome: fate === 'cancelled' ? fate : 'failed', reason: `it was ${fate}` });
    }
    case 'restore':
      return step(deps, state, await effects.restore(deps, request));
    case 'refuse':
      return step(deps, state, { step: 'refused', reason: command.reason });
    case 'end':
      return end(deps, state, command);
    case 'wait':
      return [];
  }
};

type Step = EventOf<typeof BackfillAdvanced>['data'];

const step = async (
  deps: BackfillDeps,
  { request }: BackfillState,
  data: Step | undefined,
): Promise<readonly BackfillAdvanced[]> => {
  if (!data) return [];
  // A step has one id a backfill, whoever takes it and however often.
  const id = answerId(request!.id, `${BackfillAdvanced.type} ${data.step}`);
  const event = { ...answer(request!, BackfillAdvanced, data, deps.now()), id };
  await deps.publish([{ contract: BackfillAdvanced, event }]);
  return [event];
};

const start = async (
  { publish, now }: BackfillDeps,
  { request, steps }: BackfillState,
  chunks: readonly ChunkStart[],
): Promise<readonly BatchTriggered[]> => {
  const cause = steps.claimed!;
  if (cause.data.step !== 'claimed') throw new Defect('chunks are started before they are claimed');
  const { source } = cause.data;
  const events = chunks.map(({ batchId, documents, attempt }) => {
    const data = { source, documents, backfill: { id: request!.batchId } };
    const id = answerId(cause.id, `${BatchTriggered.type} ${batchId} ${attempt}`);
    return { ...answer(cause, BatchTriggered, data, now()), id, batchId: BatchId.parse(batchId), attempt };
  });
  await publish(events.map((event) => ({ contract: BatchTriggered, event })));
  return events;
};

const end = async (
  deps: BackfillDeps,
  state: BackfillState,
  { outcome, reason }: Extract<Command, { do: 'end' }>,
): Promise<readonly StoryEvent[]> => {
  const request = state.request!;
  if (outcome !== 'published') {
    const fate = await effects.abandon(deps, request, outcome);
    // It was published before anybody said so.
    if (fate === 'published') return step(deps, state, { step: 'published' });
  }
  await effects.letGo(deps, request);
  await effects.dropSource(deps, request);
  const beside = streamed(deps.stage, pipelineOf(request.pipeline));
  const data = { outcome, beside, ...(reason !== undefined && { reason }) };
  const event = answer(request, BackfillEnded, data, deps.now());
  await deps.publish([{ contract: BackfillEnded, event }]);
  return [event];
};
