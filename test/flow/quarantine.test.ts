import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DiscardRequested } from '../../events/discard-requested.v1.ts';
import { BatchId, type HeldDocuments, type ValidationStage } from '../../events/contract.ts';
import { ReleaseRequested } from '../../events/release-requested.v1.ts';
import { ReplayRequested } from '../../events/replay-requested.v1.ts';
import { toText } from '../../infra/cli/cells.ts';
import { dryRun } from '../../infra/cli/operate/dry-run.ts';
import type { Context } from '../../infra/cli/context.ts';
import { explainQuarantine } from '../../infra/cli/quarantine/explain.ts';
import { listDocuments } from '../../infra/cli/quarantine/list.ts';
import type { QuarantineOptions } from '../../infra/cli/quarantine/options.ts';
import { showDocument } from '../../infra/cli/quarantine/show.ts';
import type { Session } from '../../infra/cli/session.ts';
import { fakeTerminal } from '../../infra/cli/test/fake-terminal.ts';
import { reconcile } from '../../infra/cli/flow/reconcile.ts';
import { answerId } from '../../shared/bus/answer.ts';
import { sql } from '../../shared/sql/statement.ts';
import { example } from '../../shared/testing/examples.ts';
import { seeded } from '../fixtures/random.ts';
import { SEEDS } from '../fixtures/seeds.ts';
import { newestValid, versionedOrders, type VersionedOrder } from '../fixtures/versioned-orders.ts';
import { claim, outcome, type Batches } from './batches.ts';
import { KIND, platform, type Unkindness } from './platform.ts';
import { withExpectations } from './with-expectations.ts';
import { openWorld, type World } from './world.ts';

const documents = versionedOrders(7, 3, 8);
const ALL: HeldDocuments = { which: 'all' };
const HIGHEST = 7;
const RULE = 'expect_column_values_to_be_between';
const tablesLike = (pattern: string) => sql('tables-like')`
  select TABLE_NAME from DEV_RAW_PROCESSED.INFORMATION_SCHEMA.TABLES where TABLE_NAME like ${pattern}
`;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const whileStricter = <T>(stage: ValidationStage, work: () => Promise<T>): Promise<T> =>
  withExpectations(stage, [{ type: RULE, kwargs: { column: 'QUANTITY', max_value: HIGHEST } }], work);
const isStrict = ({ text }: VersionedOrder): boolean =>
  [...text.matchAll(/"quantity":(\d+)/g)].every(([, quantity]) => Number(quantity) <= HIGHEST);
const strictly = documents.map((it) => (isStrict(it) || it.broken ? it : { ...it, broken: 'order' as const }));

const cut = (all: readonly VersionedOrder[], seed: number, names: readonly string[]): Batches => {
  const by = seeded(seed);
  const batches = new Map<string, VersionedOrder[]>(names.map((it) => [it, []]));
  all.forEach((it, index) => batches.get(names[index] ?? by.pick(names))!.push(it));
  return batches;
};
const land = async (batches: Batches) => {
  const claims = await claim(world, batches);
  const columns = 'SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT';
  await world.rows({
    text: `insert into ${world.flow.raw} (${columns}) select ${columns} from ${world.flow.streamed}`,
  });
  return claims;
};
const request = (id: string) => ({
  id: answerId(id, 'request'),
  time: new Date().toISOString(),
  batchId: BatchId.parse(id),
  traceId: id,
});
const releases = (id: string, of: HeldDocuments = ALL) => example(ReleaseRequested, request(id), { documents: of });
const replays = (batchId: string, times = 1) => {
  const id = answerId(batchId, `replay ${times}`);
  return example(ReplayRequested, { id, batchId, traceId: id }, { from: 'extract', incident: null });
};
const rowsOf = (all: readonly VersionedOrder[]) =>
  newestValid(all)
    .flatMap((it) => it.rows)
    .sort();
const balance = async () => {
  const { documents: sums, faults } = await reconcile({ rows: world.rows }, world.flow);
  return { ...sums, faults: faults.map((it) => `${it.what} ${it.file}:${it.line} ${it.batchId} ${it.status}`) };
};
const UNKIND: Unkindness = { isDoubled: true, diesOnceIn: 12, atOnce: 2 };
const DOUBLED: Unkindness = { isDoubled: true, diesOnceIn: 0, atOnce: 1 };

/** What a command says in JSON. */
const OPTIONS: QuarantineOptions = { data: '.firn', json: true, most: 1000, pipeline: 'orders' };
const look = async (command: (context: Context) => Promise<number>): Promise<Record<string, unknown>> => {
  const { terminal, said } = fakeTerminal();
  await command({ terminal, stop: new AbortController().signal, firn: './firn' });
  return JSON.parse(said.result) as Record<string, unknown>;
};

describe('a release', () => {
  it.each(SEEDS)(
    'brings exactly what passes now into the target, however unkind the platform is (seed %d)',
    async (seed) => {
      const kind = platform(world.connect, seeded(seed), KIND);
      await whileStricter('extracted', async () => {
        for (const it of await land(cut(documents, seed, ['B1', 'B2']))) kind.emit(it);
        await kind.run();
      });
      const stack = platform(world.connect, seeded(seed), UNKIND);
      const trial = await dryRun({ rows: world.rows }, world.flow);
      const before = await balance();
      expect((await outcome(world)).target).toEqual(rowsOf(strictly));

      // Asked for twice, by different people at once.
      for (const id of ['R1', 'R2']) stack.emit(releases(id));
      await stack.run();
      const after = await balance();

      expect((await outcome(world)).target).toEqual(rowsOf(documents));
      expect([before.faults, after.faults, stack.deadLetters]).toEqual([[], [], []]);
      expect(after.quarantined).toBeLessThan(before.quarantined);
      const history = await outcome(world).then((it) => it.history);
      expect(history).toBe(documents.reduce((sum, it) => sum + it.items, 0));
      // A trial tells what a release does, by rule, and leaves nothing behind.
      const stillHeld = after.quarantined + after.rejected;
      expect(trial).toMatchObject({ held: before.quarantined + before.rejected, pass: trial.held - stillHeld });
      expect(trial.rules).toContainEqual({
        rule: RULE,
        column: 'QUANTITY',
        documents: trial.pass,
        pass: trial.pass,
        stillBreak: 0,
      });
      expect(
        (await world.connect().run(tablesLike('%DRY_RUN%'), { pipeline: '-', batchId: '-', attempt: 1 })).rows,
      ).toEqual([]);
      expect(after.loaded + after.superseded + after.quarantined + after.rejected).toBe(documents.length);
    },
    60_000,
  );

  it('is of one rule, or of one document, and leaves the others', async () => {
    const stack = platform(world.connect, seeded(1), KIND);
    await whileStricter('extracted', async () => {
      for (const it of await land(cut(documents, 1, ['B1']))) stack.emit(it);
      await stack.run();
    });
    const held = await world.rows({
      text: `select DOCUMENT_ID from ${world.flow.quarantine}, lateral flatten(input => REASONS) r
        where r.VALUE:rule::varchar = '${RULE}' order by 1`,
    });
    const [first] = held.map((it) => toText(it['DOCUMENT_ID'] ?? null));
    const session = { rows: world.rows } as Session;
    const listed = await look((at) => listDocuments(session, at, { ...OPTIONS, rule: RULE, state: 'any' }));
    const told = await look((at) => explainQuarantine(session, at, OPTIONS));

    const documentsOf = (state: string) =>
      (listed['documents'] as readonly { state: string }[]).filter((it) => it.state === state).length;
    // What a newer version stands in the target of is superseded already.
    expect(documentsOf('held') + documentsOf('superseded')).toBe(held.length);
    expect(told).toMatchObject({ pipelines: [{ documents: { held: expect.any(Number) as unknown, released: 0 } }] });
    const [{ rules }] = told['pipelines'] as [{ rules: readonly object[] }];
    expect(rules.find((it) => 'rule' in it && it.rule === RULE)).toMatchObject({
      column: 'QUANTITY',
      path: 'products[].quantity',
      type: 'NUMBER(10,0)',
      version: '1',
      documents: documentsOf('held'),
      mend: 'services/validate/suites/orders.extracted.json',
    });

    stack.emit(releases('R1', { which: 'ids', ids: [first!] }));
    await stack.run();
    stack.emit(releases('R2', { which: 'rule', rule: RULE, column: 'QUANTITY' }));
    await stack.run();

    const went = stack.published.flatMap((it) => (it.type === 'quarantine.released.v1' ? [it.data] : []));
    expect(went).toMatchObject([{ documents: 1 }, { documents: held.length - 1 }]);
    expect((await balance()).faults).toEqual([]);
    const shown = await look((at) => showDocument(session, at, first!, { ...OPTIONS, document: true }));
    expect(shown).toMatchObject({
      id: first,
      life: [{ what: 'held' }, { what: 'released', releasedAs: 'R1', by: 'ada' }],
    });
    expect(JSON.parse(shown['document'] as string)).toHaveProperty('order_number', shown['order']);
  });
});

describe('what comes late', () => {
  it('takes nothing back that was released since: the batch that held it is loaded only afterwards', async () => {
    const batches = cut(documents, 3, ['B1']);
    const stack = platform(world.connect, seeded(3), KIND);
    for (const it of await land(batches)) stack.emit(it);
    await stack.run();
    const isStuck = (service: string, { batchId }: { readonly batchId: string }): boolean =>
      service === 'transform' && batchId === 'B1';
    const stuck = platform(world.connect, seeded(3), { ...KIND, kills: isStuck });
    await whileStricter('extracted', async () => {
      stuck.emit(replays('B1'));
      await stuck.run();
    });
    const waiting = stuck.published.find((it) => it.type === 'batch.validated.v1')!;

    stack.emit(releases('R1'));
    await stack.run();
    stack.emit(waiting);
    await stack.run();

    expect((await outcome(world)).target).toEqual(rowsOf(documents));
    expect((await balance()).faults).toEqual([]);
  });

  it('judges nothing anew: an attempt is judged once, whatever the rules have become', async () => {
    const isUnfinished = (service: string, { type }: { readonly type: string }): boolean =>
      service === 'coordinator' && type === 'batch.completed.v1';
    const stack = platform(world.connect, seeded(4), { ...KIND, kills: isUnfinished });
    await whileStricter('extracted', async () => {
      for (const it of await land(cut(documents, 4, ['B1']))) stack.emit(it);
      await stack.run();
    });
    const before = await outcome(world);

    const said = stack.published.filter((it) => it.type === 'batch.validated.v1');
    stack.emit(stack.published.find((it) => it.type === 'batch.extracted.v1')!);
    await stack.run();

    const again = stack.published.filter((it) => it.type === 'batch.validated.v1').slice(said.length);
    expect(again.map((it) => it.data)).toEqual(said.map((it) => it.data));
    expect(await outcome(world)).toEqual(before);
    expect((await balance()).faults).toEqual([]);
  });
});

describe('a discard', () => {
  it('counts for itself, is not undone by a replay, and happens once a document', async () => {
    const batches = cut(documents, 2, ['B1', 'B2']);
    const stack = platform(world.connect, seeded(2), KIND);
    for (const it of await land(batches)) stack.emit(it);
    await stack.run();
    const before = await balance();

    for (const id of ['D1', 'D2', 'D2'])
      stack.emit(example(DiscardRequested, { ...request(id), batchId: 'QUARANTINE' }, { documents: ALL }));
    await stack.run();
    stack.emit(replays('B1'));
    await stack.run();
    const after = await balance();

    expect(after.discarded).toBeGreaterThan(0);
    expect(after.quarantined + after.rejected).toBe(0);
    expect(after.loaded).toBe(before.loaded);
    expect(after.loaded + after.superseded + after.discarded).toBe(documents.length);
    expect(after.faults).toEqual([]);
    const said = await world.rows({
      text: `select count(*) as N, count(distinct DOCUMENT_ID) as D, min(SAID_BY) as WHO, min(REASON) as WHY
        from ${world.flow.quarantineLog} where WHAT = 'discarded'`,
    });
    expect(said[0]).toMatchObject({ N: said[0]!['D'], WHO: 'ada', WHY: 'a test order of the shop' });
  });
});

describe('what a replay holds back under stricter rules', () => {
  it.each(SEEDS)(
    'no longer stands in the target: the newest version that is valid now does (seed %d)',
    async (seed) => {
      const batches = cut(documents, seed, ['B1', 'B2']);
      const stack = platform(world.connect, seeded(seed), KIND);
      for (const it of await land(batches)) stack.emit(it);
      await stack.run();
      expect((await outcome(world)).target).toEqual(rowsOf(documents));

      const unkind = platform(world.connect, seeded(seed), DOUBLED);
      await whileStricter('extracted', async () => {
        for (const it of batches.keys()) unkind.emit(replays(it));
        await unkind.run();
      });

      expect((await outcome(world)).target).toEqual(rowsOf(strictly));
      expect((await balance()).faults).toEqual([]);
    },
  );

  it.each(SEEDS)('does not depend on how versions were cut into batches, in either stage (seed %d)', async (seed) => {
    const stack = platform(world.connect, seeded(seed), KIND);
    await whileStricter('transformed', async () => {
      for (const it of await land(cut(documents, seed, ['B1', 'B2'].slice(0, seed)))) stack.emit(it);
      await stack.run();
    });

    expect((await outcome(world)).target).toEqual(rowsOf(strictly));
    expect((await balance()).faults).toEqual([]);
    expect(stack.deadLetters).toEqual([]);
  });
});
