import middleware from '@middy/core';
import partialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { BatchFailed } from '../../events/batch-failed.v1.ts';
import { failure } from '../bus/failure.ts';
import type { Later } from '../bus/own-queue.ts';
import type { Publish } from '../bus/publisher.ts';
import { toPipelineError, type PipelineError } from '../errors.ts';
import type { Log } from '../log.ts';
import { StillRunning, type Course } from '../snowflake/course.ts';
import { followUpOf, secondsUntilNextLook } from './follow-up.ts';
import { readMessage, type Reading, type Route } from './reading.ts';

interface Deps {
  readonly service: string;
  /** After so many receives the queue gives a message up; the last failure is then told as `batch.failed.v1`. */
  readonly maxReceives: number;
  readonly publish: Publish;
  /** The service's own queue. */
  readonly later: Later;
  readonly log: Log;
  readonly now: () => Date;
}

/** Of Lambda's context; whoever calls without one ends nobody. */
type Clock = Partial<Pick<Context, 'getRemainingTimeInMillis'>>;
type Handler = (event: SQSEvent, context?: Clock) => Promise<SQSBatchResponse>;

/** What is left to roll back, to put a follow-up on the queue, to answer: before the function is killed. */
const MARGIN_MS = 10_000;

/**
 * A Lambda handler for one service's queue. Records are handled one after another, each on its own account: those that
 * may succeed later are returned as failures, refused ones are answered with `batch.failed.v1` and acknowledged, and those whose
 * statement takes longer than a function should wait come again with its query id.
 */
export const consume = (deps: Deps, routes: readonly Route[]): Handler => {
  const handleRecord = async (record: SQSRecord, deadline: number): Promise<void> => {
    let reading: Reading | undefined;
    try {
      reading = readMessage(record.body, routes);
      await goOn(record, reading, deadline);
    } catch (thrown) {
      const error = toPipelineError(thrown);
      const receives = Number(record.attributes.ApproximateReceiveCount);
      const last = receives >= deps.maxReceives;
      report(error, record, reading, receives);
      // A failure that can't be handled is not told as one more: whoever hears both would never come to an end.
      const isTold = reading?.type === BatchFailed.type;
      if (reading?.envelope && !isTold && (error.kind === 'BadMessage' || last)) await tellFailure(reading, error);
      if (reading?.envelope && error.kind === 'BadMessage') return;
      throw error;
    }
  };

  const goOn = async ({ body }: SQSRecord, reading: Reading, deadline: number): Promise<void> => {
    const about = { event: reading.type, batchId: reading.envelope?.batchId };
    const course: Course = { submitted: new Map(Object.entries(reading.followUp?.queries ?? {})), deadline };
    try {
      await reading.run(course);
      deps.log('info', 'handled', about);
    } catch (thrown) {
      if (!(thrown instanceof StillRunning)) throw thrown;
      const since = reading.followUp?.since ?? deps.now().toISOString();
      const delaySeconds = secondsUntilNextLook(deps.now().getTime() - Date.parse(since));
      await deps.later(followUpOf(body, { since, queries: Object.fromEntries(course.submitted) }), delaySeconds);
      deps.log('info', 'follows up', { ...about, statement: thrown.statement, delaySeconds });
    }
  };

  const report = (error: PipelineError, record: SQSRecord, reading: Reading | undefined, receives: number): void =>
    deps.log(error.kind === 'RetryLater' ? 'warn' : 'error', error.message, {
      kind: error.kind,
      event: reading?.type,
      batchId: reading?.envelope?.batchId,
      messageId: record.messageId,
      receives,
      ...error.context,
    });

  const tellFailure = async ({ type, envelope }: Reading, error: PipelineError): Promise<void> => {
    await deps.publish([failure(envelope!, { service: deps.service, type, error }, deps.now())]);
  };

  const handleAll = async (event: SQSEvent, context: Clock): Promise<PromiseSettledResult<void>[]> => {
    const left = context.getRemainingTimeInMillis?.() ?? Infinity;
    const deadline = deps.now().getTime() + left - MARGIN_MS;
    const settled: PromiseSettledResult<void>[] = [];
    // One at a time: the records share one session, and a session has one transaction.
    for (const record of event.Records) settled.push(...(await Promise.allSettled([handleRecord(record, deadline)])));
    return settled;
  };

  // What failed has been logged with its context already. The middleware turns what settled into a batch response, which
  // its types don't tell.
  return middleware(handleAll).use(partialBatchFailure({ logger: () => undefined })) as unknown as Handler;
};
