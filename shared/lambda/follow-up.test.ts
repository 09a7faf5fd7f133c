import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import type { Later } from '../bus/own-queue.ts';
import { RetryLater } from '../errors.ts';
import { StillRunning, type Course } from '../snowflake/course.ts';
import { example } from '../testing/examples.ts';
import { fakeBus } from '../testing/fake-bus.ts';
import { delivered, received } from '../testing/queue.ts';
import { consume } from './consume.ts';

import { on } from './reading.ts';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');
const body = delivered(example(BatchLoaded));

let clock: number;
let queue: { body: string; delaySeconds: number }[];
let courses: Course[];
beforeEach(() => {
  clock = NOON;
  queue = [];
  courses = [];
});

/** A service with two long statements, one after the other, of which each is done when its name is among `done`. */
const receive = async (message: string, done: readonly string[], remainingMs = 300_000, later?: Later) => {
  const handler = consume(
    {
      service: 'extract',
      maxReceives: 5,
      publish: fakeBus().publish,
      now: () => new Date(clock),
      log: () => undefined,
      later: later ?? (async (text, delaySeconds) => void queue.push({ body: text, delaySeconds })),
    },
    [
      on(BatchLoaded, async (_, course) => {
        courses.push(course);
        for (const statement of ['normalize', 'judge']) {
          if (!course.submitted.has(statement)) course.submitted.set(statement, `id-of-${statement}`);
          if (!done.includes(statement)) throw new StillRunning(statement);
        }
      }),
    ],
  );
  const answer = await handler(received([message]), { getRemainingTimeInMillis: () => remainingMs });
  return answer.batchItemFailures;
};

describe('a message whose statement takes long', () => {
  it('is acknowledged, and comes again as it was, with the query id', async () => {
    await expect(receive(body, [])).resolves.toEqual([]);

    expect(queue).toHaveLength(1);
    expect(JSON.parse(queue[0]!.body)).toEqual({
      ...(JSON.parse(body) as object),
      followUp: { since: '2026-01-05T12:00:00.000Z', queries: { normalize: 'id-of-normalize' } },
    });
  });

  it('carries every statement of its course, so that none is run again', async () => {
    await receive(body, []);
    await receive(queue[0]!.body, ['normalize']);
    await receive(queue[1]!.body, ['normalize', 'judge']);

    expect([...courses[2]!.submitted.keys()]).toEqual(['normalize', 'judge']);
    expect(queue).toHaveLength(2);
  });

  it('comes the later the longer its statements have taken', async () => {
    await receive(body, []);
    clock += 200_000;
    await receive(queue[0]!.body, []);
    clock += 3_000_000;
    await receive(queue[1]!.body, []);

    expect(queue.map((it) => it.delaySeconds)).toEqual([15, 50, 300]);
  });

  it('is not acknowledged before its queue has it again', async () => {
    const later = () => Promise.reject(new RetryLater('throttled'));

    await expect(receive(body, [], 300_000, later)).resolves.toEqual([{ itemIdentifier: 'm1' }]);
  });
});

it('a course ends ten seconds before the function would be killed', async () => {
  await receive(body, ['normalize', 'judge'], 60_000);

  expect(courses[0]!.deadline).toBe(NOON + 50_000);
});
