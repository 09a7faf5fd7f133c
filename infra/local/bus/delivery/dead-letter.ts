import type { DeliveryFailed, Message } from './message.ts';

/** Why an event was given up. */
export interface GivenUp {
  readonly code: string;
  readonly message: string;
  readonly condition?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

/** What ended the attempts: a limit that was reached, or a failure that would only repeat itself. */
export const givenUp = (failure: DeliveryFailed, condition?: GivenUp['condition']): GivenUp => ({
  code: failure.code,
  message: failure.message,
  ...(condition && { condition }),
});

/** The event as it was accepted, with what became of it in attributes. */
export const deadLetter = (
  queueArn: string,
  delivery: { readonly event: string; readonly ruleArn: string; readonly attempts: number },
  targetArn: string,
  reason: GivenUp,
): Message => ({
  queueArn,
  body: delivery.event,
  attributes: {
    RULE_ARN: { type: 'String', value: delivery.ruleArn },
    TARGET_ARN: { type: 'String', value: targetArn },
    ERROR_CODE: { type: 'String', value: reason.code },
    ERROR_MESSAGE: { type: 'String', value: reason.message || reason.code },
    RETRY_ATTEMPTS: { type: 'Number', value: String(Math.max(0, delivery.attempts - 1)) },
    ...(reason.condition && { EXHAUSTED_RETRY_CONDITION: { type: 'String' as const, value: reason.condition } }),
  },
});
