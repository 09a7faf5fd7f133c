import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { StartService } from '../services.ts';
import { onQueued, QUEUE } from './queue.ts';

const MOST_AT_ONCE = 10;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;

/** Sends what is queued, oldest first, until the topic has taken it: at least once, also after a crash. */
export const startNotifications: StartService = async ({ database, options }) => {
  const { own } = database;
  await own.run(`CREATE SEQUENCE IF NOT EXISTS _catalog.notification_ids`);
  await own.run(
    `CREATE TABLE IF NOT EXISTS ${QUEUE} (id BIGINT DEFAULT nextval('_catalog.notification_ids'), topic VARCHAR, body VARCHAR)`,
  );
  const { sns } = options;
  if (sns === undefined) return { close: async () => undefined };
  const { endpoint, region, accessKeyId, secretAccessKey } = sns;
  const client = new SNSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  let isClosed = false;
  let isAsked = false;
  let pause = FIRST_PAUSE_MS;
  let retry: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;

  const send = async (): Promise<void> => {
    const queued = await own.rows(`SELECT id, topic, body FROM ${QUEUE} ORDER BY id LIMIT ${MOST_AT_ONCE}`);
    for (const { id, topic, body } of queued) {
      await client.send(new PublishCommand({ TopicArn: String(topic), Message: String(body) }));
      await own.run(`DELETE FROM ${QUEUE} WHERE id = ${String(id)}`);
    }
    if (queued.length === MOST_AT_ONCE) isAsked = true;
  };
  const next = (): void => {
    clearTimeout(retry);
    isAsked = true;
    if (isClosed || sending) return;
    isAsked = false;
    sending = send().then(
      () => void (pause = FIRST_PAUSE_MS),
      () => {
        retry = setTimeout(next, pause).unref();
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      },
    );
    void sending.then(() => {
      sending = undefined;
      if (isAsked) next();
    });
  };
  // What an earlier process left.
  next();
  onQueued(database, next);
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await sending;
      client.destroy();
    },
  };
};
