import { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import type { Envelope } from '../../../events/contract.ts';
import { answer, answerId } from '../../../shared/bus/answer.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import { Defect } from '../../../shared/errors.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { streamed } from '../tables.ts';
import type { StoryEvent } from './backfill-event.ts';
import { chunksUnderWay, type ChunkStart } from './chunks.ts';
import { claim, dropSource } from './claim.ts';
import { compare } from './compare.ts';
import type { Command } from './decide.ts';
import { drain, hold, letGo, type EffectDeps, type Step } from './effects.ts';
import type { BackfillState } from './evolve.ts';
import { abandon, publishShadows, restore } from './fate.ts';

/** What carrying out a backfill's commands needs of the world. */
export interface BackfillDeps extends EffectDeps {
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
      return step(deps, request, await hold(deps, request));
    case 'drain':
      return step(deps, request, await drain(deps, request));
    case 'claim':
      return step(deps, request, await claim(deps, request));
    case 'start':
      return start(deps, state, command.chunks);
    case 'compare':
      return step(deps, request, await compare(deps, state));
    case 'publish': {
      const fate = await publishShadows(deps, request);
      if (fate === 'published') return step(deps, request, { step: 'published' });
      return end(deps, state, { do: 'end', outcome: fate === 'cancelled' ? fate : 'failed', reason: `it was ${fate}` });
    }
    case 'restore':
      return step(deps, command.asked, await restore(deps, request));
    case 'refuse':
      return step(deps, request, { step: 'refused', reason: command.reason });
    case 'end':
      return end(deps, state, command);
    case 'forget':
      return forget(deps, state);
    case 'wait':
      return [];
  }
};

const step = async (
  deps: BackfillDeps,
  asked: Envelope,
  data: Step | undefined,
): Promise<readonly BackfillAdvanced[]> => {
  if (!data) return [];
  // A step has one id, whoever takes it and however often: that of what asked for it.
  const id = answerId(asked.id, `${BackfillAdvanced.type} ${data.step}`);
  const event = { ...answer(asked, BackfillAdvanced, data, deps.now()), id };
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
    return { ...answer(cause, BatchTriggered, data, now()), id, batchId, attempt };
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
  // First of all, and whatever fails after it: publishing needs no trigger that stands still.
  await letGo(deps, request);
  if (outcome !== 'published') {
    const fate = await abandon(deps, request, outcome);
    // It was published before anybody said so.
    if (fate === 'published') return step(deps, request, { step: 'published' });
  }
  const beside = streamed(deps.stage, pipelineOf(request.pipeline));
  const data = { outcome, beside, ...(reason !== undefined && { reason }) };
  const event = answer(request, BackfillEnded, data, deps.now());
  await forget(deps, { ...state, ended: event });
  return [event];
};

/** Has all owners drop their shadows, and drops the documents once no chunk reads them any more. Can be done any time after the end. */
const forget = async (deps: BackfillDeps, state: BackfillState): Promise<readonly StoryEvent[]> => {
  if (chunksUnderWay(state).length === 0) await dropSource(deps, state.request!);
  await deps.publish([{ contract: BackfillEnded, event: state.ended! }]);
  return [];
};
