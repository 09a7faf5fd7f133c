import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchId } from '../../events/contract.ts';
import type { ReplayRequested } from '../../events/replay-requested.v1.ts';
import { nextOf } from '../../infra/cli/commands/batch.ts';
import { batchLife } from '../../infra/cli/flow/batch-life.ts';
import { lifeOf } from '../../infra/cli/flow/find-batches.ts';
import { loggedEvent } from '../../infra/cli/flow/read-flow.ts';
import { answerId } from '../../shared/bus/answer.ts';
import { BadMessage, Defect, RetryLater } from '../../shared/errors.ts';
import type { Warehouse } from '../../shared/snowflake/warehouse.ts';
import type { Statement } from '../../shared/sql/statement.ts';
import { seeded } from '../fixtures/random.ts';
import { newestValid, versionedOrders } from '../fixtures/versioned-orders.ts';
import { claim, expectedOutcome, outcome } from './batches.ts';
import { KIND, platform } from './platform.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const STAGES = [
  ['extract', 'extract', 'batch.triggered.v1'],
  ['validate what was extracted', 'validate', 'batch.extracted.v1'],
  ['transform', 'transform', 'batch.validated.v1'],
  ['validate what was transformed', 'validate', 'batch.transformed.v1'],
  ['load', 'load', 'batch.validated.v1'],
] as const;
const CLASSES = [RetryLater, BadMessage, Defect] as const;
// Each class in some stage, and all of them in the first: how a failure is told does not depend on where it comes from.
const MATRIX = STAGES.flatMap((stage, at) =>
  (at === 0 ? CLASSES : [CLASSES[at % CLASSES.length]!]).map((error) => [...stage, error.name, error] as const),
);

/** A warehouse that refuses whatever `breaks` names for as long as it is broken. */
const breaking = (warehouse: Warehouse, breaks: (statement: Statement) => void): Warehouse => ({
  async run(statement, tag) {
    breaks(statement);
    return warehouse.run(statement, tag);
  },
  async follow(statement, tag, course) {
    breaks(statement);
    return warehouse.follow(statement, tag, course);
  },
  async transaction(statements, tag, course, expect) {
    statements.forEach(breaks);
    return warehouse.transaction(statements, tag, course, expect);
  },
});

const replayOf = (batchId: string): ReplayRequested => ({
  type: 'replay.requested.v1',
  id: answerId(batchId, 'by hand'),
  time: new Date().toISOString(),
  pipeline: 'orders',
  batchId: BatchId.parse(batchId),
  attempt: 1,
  causationId: null,
  traceId: answerId(batchId, 'by hand'),
  data: { from: null, incident: null },
});

describe('a batch that can not go on', () => {
  const documents = versionedOrders(7, 4, 12);
  const batches = new Map([['B1', documents]]);

  it.each(MATRIX)(
    'in %s (%s, on %s: %s) says so, and ends well once it is repaired and replayed',
    async (stage, service, failedType, kind, Broken) => {
      let isBroken = true;
      const stack = platform(
        (name) =>
          name === service
            ? breaking(world.connect(), ({ text }) => {
                const isLater = text.includes('TRANSFORMED_TEMP');
                const isMeant = service !== 'validate' || isLater === (failedType === 'batch.transformed.v1');
                if (isBroken && isMeant) throw new Broken(`${stage} is broken`);
              })
            : world.connect(),
        seeded(1),
        KIND,
      );
      const told = async () => batchLife((await world.rows(lifeOf(world.flow, 'B1'))).map(loggedEvent))!;
      for (const claimed of await claim(world, batches)) stack.emit(claimed);
      await stack.run();

      const failed = await told();

      expect(failed.view).toMatchObject({
        status: 'failed',
        attempt: 1,
        failure: { service, kind, message: `${stage} is broken` },
      });
      expect(nextOf(failed, true)).toBe('replay B1');
      expect(stack.published.find((it) => it.type === 'batch.failed.v1')).toMatchObject({
        data: { failedEvent: { type: failedType } },
      });
      // What is refused for good is acknowledged; all else can be looked at among the dead letters.
      expect(stack.deadLetters).toHaveLength(kind === 'BadMessage' ? 0 : 1);
      expect((await outcome(world)).target).toEqual([]);

      isBroken = false;
      stack.emit(replayOf('B1'));
      await stack.run();

      expect((await told()).view).toMatchObject({ status: 'complete', attempt: 2 });
      const { manifest, ...rest } = await outcome(world);
      const { manifest: _, ...expected } = expectedOutcome(batches, newestValid(documents));
      expect(rest).toEqual(expected);
      expect(manifest).toEqual(['B1 2']);
    },
  );
});
