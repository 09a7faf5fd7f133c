import type { Store } from '../store/store.ts';
import { bodyFor } from './body.ts';
import { deadLetter, givenUp } from './dead-letter.ts';
import type { GivenUp } from './dead-letter.ts';
import { DeliveryFailed } from './message.ts';
import type { Deliver } from './message.ts';
import type { Target } from './target.ts';

/** What an attempt needs beside the store. */
export interface Attempting {
  readonly deliver: Deliver;
  readonly now: () => number;
  readonly retryDelayMs: (attempts: number) => number;
  readonly log: (line: string) => void;
}

type Row = {
  readonly id: number;
  readonly event: string;
  readonly target: string;
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly accepted: number;
  readonly attempts: number;
  readonly failure: string | null;
};

// What EventBridge does unless the target's retry policy says less.
const MAX_RETRIES = 185;
const MAX_AGE_SECONDS = 86_400;

const forget = (store: Store, id: number): void => void store.run('DELETE FROM deliveries WHERE id = ?', id);

const failureOf = (error: unknown): DeliveryFailed =>
  error instanceof DeliveryFailed ? error : new DeliveryFailed('UNKNOWN', String(error), false);

const verdict = (row: Row, target: Target, failure: DeliveryFailed, now: number): GivenUp | undefined => {
  const { MaximumRetryAttempts = MAX_RETRIES, MaximumEventAgeInSeconds = MAX_AGE_SECONDS } = target.RetryPolicy ?? {};
  // A queue that isn't there yet may come: without dead letters to go to, the event waits for it.
  const missing = failure.code === 'NO_RESOURCE' && target.DeadLetterConfig?.Arn === undefined;
  if (failure.permanent && !missing) return givenUp(failure);
  if (now - row.accepted >= MaximumEventAgeInSeconds * 1000) return givenUp(failure, 'MaximumEventAgeInSeconds');
  return row.attempts >= MaximumRetryAttempts ? givenUp(failure, 'MaximumRetryAttempts') : undefined;
};

const drop = (store: Store, { log }: Attempting, row: Row, reason: GivenUp): undefined => {
  forget(store, row.id);
  log(`bus: dropped an event of ${row.ruleArn}: ${reason.code} ${reason.message}`);
};

const bury = async (store: Store, attempting: Attempting, row: Row, target: Target, reason: GivenUp) => {
  const grave = target.DeadLetterConfig?.Arn;
  if (grave === undefined) return drop(store, attempting, row, reason);
  try {
    await attempting.deliver(deadLetter(grave, row, target.Arn, reason));
    return forget(store, row.id) as undefined;
  } catch (error) {
    if (attempting.now() - row.accepted >= 2 * MAX_AGE_SECONDS * 1000) {
      return drop(store, attempting, row, givenUp(failureOf(error)));
    }
    return attempting.retryDelayMs(row.attempts);
  }
};

/** Tries one delivery; says in how many milliseconds to try again, or nothing when it is settled. */
export const attempt = async (store: Store, attempting: Attempting, id: number): Promise<number | undefined> => {
  const row = store.get<Row>('SELECT * FROM deliveries WHERE id = ?', id);
  if (row === undefined) return undefined;
  const target = JSON.parse(row.target) as Target;
  if (row.failure !== null) return bury(store, attempting, row, target, JSON.parse(row.failure) as GivenUp);
  try {
    const groupId = target.SqsParameters?.MessageGroupId;
    const body = bodyFor(target, row.event, row);
    await attempting.deliver({ queueArn: target.Arn, body, ...(groupId !== undefined && { groupId }) });
    return forget(store, id) as undefined;
  } catch (error) {
    const failure = failureOf(error);
    const reason = verdict(row, target, failure, attempting.now());
    const attempts = row.attempts + 1;
    const written = reason ? JSON.stringify(reason) : null;
    store.run('UPDATE deliveries SET attempts = ?, failure = ? WHERE id = ?', attempts, written, id);
    return reason ? bury(store, attempting, { ...row, attempts }, target, reason) : attempting.retryDelayMs(attempts);
  }
};
