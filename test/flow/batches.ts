import { BatchClaimed } from '../../events/batch-claimed.v1.ts';
import { toText } from '../../infra/cli/cells.ts';
import { answerId } from '../../shared/bus/answer.ts';
import { fragment, join, sql, trusted } from '../../shared/sql/statement.ts';
import { example } from '../../shared/testing/examples.ts';
import type { VersionedOrder } from '../fixtures/versioned-orders.ts';
import type { World } from './world.ts';

/** Which documents a batch claims. */
export type Batches = ReadonlyMap<string, readonly VersionedOrder[]>;

const fileName = (of: VersionedOrder): string => `orders/000000000000/${of.file}.ndjson`;

/** Puts documents where the trigger leaves them, claimed by their batches; files were loaded a second apart. */
export const claim = async (world: World, batches: Batches): Promise<readonly BatchClaimed[]> => {
  for (const [batchId, documents] of batches) {
    const values = documents.map(
      (it) => fragment`(${batchId}, ${it.text}, ${fileName(it)}, ${it.line}, ${`2026-01-05 09:30:${10 + it.file}`})`,
    );
    const { streamed } = world.flow;
    await world.rows(sql('claim')`
      insert into ${trusted(streamed)} (BATCH_ID, SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT)
      select $1, try_parse_json($2), iff(try_parse_json($2) is null, $2, null), $3, $4, $5::timestamp_ltz
      from values ${join(values, ', ')}
    `);
  }
  return [...batches].map(([batchId, documents]) =>
    example(
      BatchClaimed,
      { id: answerId(batchId, 'claim'), batchId, traceId: batchId },
      { source: world.flow.streamed, documents: documents.length },
    ),
  );
};

/** What the tables say became of the documents; in an order of its own. */
export const outcome = async (world: World) => {
  const { flow, rows, size } = world;
  const texts = async (text: string): Promise<readonly string[]> =>
    (await rows({ text })).map((it) => Object.values(it).map(toText).join(' ')).sort();
  return {
    target: await texts(`select ORDER_NUMBER, LINE_NUMBER, SKU, ORDER_TOTAL from ${flow.target}`),
    held: await texts(`select BATCH_ID, FILE_NAME, FILE_ROW_NUMBER from ${flow.quarantine}`),
    history: await size(flow.streamed.replace(/_STREAMED$/, '')),
    manifest: await texts(`select BATCH_ID, ATTEMPT from ${flow.manifest}`),
    left: await texts(`
      select TABLE_NAME from DEV_RAW_PROCESSED.INFORMATION_SCHEMA.TABLES where TABLE_NAME like '%\\\\_TEMP\\\\_%'`),
  };
};

/** What must have become of the documents, told from them alone. */
export const expectedOutcome = (batches: Batches, newestValid: readonly VersionedOrder[]) => {
  const all = [...batches].flatMap(([batchId, documents]) => documents.map((it) => ({ ...it, batchId })));
  return {
    target: newestValid.flatMap((it) => it.rows).sort(),
    held: all
      .filter((it) => it.broken)
      .map((it) => `${it.batchId} ${fileName(it)} ${it.line}`)
      .sort(),
    history: all.reduce((sum, it) => sum + it.items, 0),
    manifest: [...batches.keys()].map((it) => `${it} 1`).sort(),
    left: [],
  };
};
