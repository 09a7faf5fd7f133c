import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { scheduledMessage, type Schedule } from '../../../shared/topology.ts';

/** Puts each schedule's message on its service's queue at its times; returns how to stop. */
export const startSchedules = (
  sqs: SQSClient,
  schedules: readonly (Schedule & { readonly queueUrl: string })[],
  secondsOf: (schedule: Schedule) => number,
): (() => void) => {
  const clocks = schedules.map((schedule) => {
    const MessageBody = JSON.stringify(scheduledMessage(schedule.name));
    const send = () => sqs.send(new SendMessageCommand({ QueueUrl: schedule.queueUrl, MessageBody }));
    // A message that can't be sent is no loss: the next one asks for the same.
    return setInterval(() => void send().catch(() => undefined), 1000 * secondsOf(schedule)).unref();
  });
  return () => clocks.forEach((clock) => clearInterval(clock));
};
