import { nextCommand, type Context } from '../context.ts';
import type { BatchView } from '../flow/batch-view.ts';
import type { Flow } from '../flow/flow-tables.ts';
import { flowNamed } from '../flow/find-batch.ts';
import { put } from '../operate/ask.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import type { Place } from '../attach.ts';
import { plural } from '../view/numbers.ts';
import { visible } from '../view/text.ts';
import { batchEnded, discardRequest, documentsAnswered, releaseRequest } from './ask.ts';
import { heldDocuments, whoAsks, type QuarantineOptions } from './options.ts';

/** A running stack, and a session on its warehouse. */
export interface Reached {
  readonly at: Place;
  readonly session: Session;
}

const pipelineOf = (context: Context, verb: string, { pipeline, data }: QuarantineOptions): Flow => {
  if (pipeline !== undefined) return flowNamed(pipeline);
  throw new Refusal(`say of which pipeline to ${verb}`, { next: nextCommand(context, 'status', data) });
};

/** Lets held documents go through the services again, and follows them to the end; exits with 1 if their batch fails. */
export const release = async (
  { at, session }: Reached,
  context: Context,
  options: QuarantineOptions,
): Promise<number> => {
  const flow = pipelineOf(context, 'release', options);
  const request = releaseRequest(flow, { documents: heldDocuments(context, 'release', options), by: whoAsks(options) });
  await put(at, [request]);
  const documents = await documentsAnswered(session, context, flow, request, options);
  const { batchId } = request;
  if (documents > 0 && !options.json)
    context.terminal.note(`${plural(documents, 'document')} go through again as batch ${batchId}\n`);
  const ended = documents === 0 ? undefined : await batchEnded(session, context, flow, batchId);
  const next = nextCommand(context, nextOf(ended, batchId, documents), options.data);
  const told = {
    pipeline: flow.pipeline,
    batchId,
    documents,
    status: statusOf(ended, documents),
    ...countsOf(ended),
    next,
  };
  const lines = [...linesOf(ended, batchId, documents), `next   ${next}`];
  await context.terminal.result(`${options.json ? JSON.stringify(told) : lines.join('\n')}\n`);
  return ended?.status === 'failed' ? 1 : 0;
};

const statusOf = (ended: BatchView | undefined, documents: number): string =>
  documents === 0 ? 'nothing to release' : (ended?.status ?? 'waiting');

const countsOf = (ended: BatchView | undefined) => {
  if (!ended) return {};
  const { loaded, superseded, quarantined, rejected } = ended.documents;
  return { loaded, superseded, heldAgain: quarantined + rejected };
};

const nextOf = (ended: BatchView | undefined, batchId: string, documents: number): string => {
  if (documents === 0) return 'quarantine list';
  if (!ended) return 'status';
  if (ended.status === 'failed') return `batch ${batchId}`;
  return ended.documents.quarantined + ended.documents.rejected > 0
    ? `quarantine explain ${ended.pipeline}`
    : 'reconcile';
};

const linesOf = (ended: BatchView | undefined, batchId: string, documents: number): readonly string[] => {
  if (documents === 0) return ['Nothing that is held is meant: nothing goes through again'];
  if (!ended) return [`Batch ${batchId} waits: the trigger is held, and it starts when that ends`];
  const { loaded, superseded, quarantined, rejected } = ended.documents;
  if (ended.status === 'failed')
    return [
      visible(`Batch ${batchId} failed in ${ended.failure?.service}: ${ended.failure?.message}; nothing is lost`),
    ];
  return [`${plural(loaded, 'document')} loaded, ${superseded} superseded, ${quarantined + rejected} held again`];
};

/** Gives held documents up, with who and why. */
export const discard = async (
  { at, session }: Reached,
  context: Context,
  options: QuarantineOptions,
): Promise<number> => {
  const flow = pipelineOf(context, 'discard', options);
  if (options.reason === undefined || options.reason.trim() === '')
    throw new Refusal('say why, for whoever asks later: --reason TEXT');
  const documents = heldDocuments(context, 'discard', options);
  const request = discardRequest(flow, { documents, by: whoAsks(options), reason: options.reason.slice(0, 500) });
  await put(at, [request]);
  const discarded = await documentsAnswered(session, context, flow, request, options);
  const next = nextCommand(context, 'quarantine list --state discarded', options.data);
  const told = { pipeline: flow.pipeline, documents: discarded, next };
  const line = `${plural(discarded, 'document')} discarded by ${visible(whoAsks(options))}`;
  await context.terminal.result(`${options.json ? JSON.stringify(told) : `${line}\nnext   ${next}`}\n`);
  return 0;
};
