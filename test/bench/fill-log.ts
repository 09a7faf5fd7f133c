import { flows } from '../../infra/cli/flow/flow-tables.ts';
import { openSession } from '../../infra/cli/session.ts';
import { BatchClaimed } from '../../events/batch-claimed.v1.ts';
import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { Contract } from '../../events/contract.ts';
import { sql, trusted } from '../../shared/sql/statement.ts';
import { ident } from '../../shared/sql/identifier.ts';
import { example } from '../../shared/testing/examples.ts';

const LIFE: readonly Contract[] = [
  BatchClaimed,
  BatchTriggered,
  BatchExtracted,
  BatchValidated,
  BatchTransformed,
  BatchValidated,
  BatchLoaded,
  BatchCompleted,
];

const detailOf = (contract: Contract): string => {
  const { type: _, ...detail } = example(contract, { batchId: 'THE_BATCH' });
  return JSON.stringify(detail);
};

/** Writes the whole lives of so many batches into the log of the warehouse at this address; returns one batch's id. */
export const fillLog = async (accessUrl: string, batches: number): Promise<string> => {
  const session = await openSession(accessUrl);
  const { log, outbox } = flows()[0]!;
  const many = trusted(`table(generator(rowcount => ${batches}))`);
  // The end first: a life half written is one that stands still, and the sweeper would set it going.
  for (const [step, contract] of [...LIFE.entries()].toReversed())
    await session.rows(sql('fill-log')`
      insert into ${ident(log)} (EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, EVENT_TIME, RECORDED_AT, DETAIL)
      select uuid_string(), ${contract.type}, 'orders', 'B' || lpad(N::varchar, 8, '0'), 1,
        dateadd('second', N * 8 + ${step}, '2026-01-01'::timestamp_ntz), dateadd('second', N * 8 + ${step}, '2026-01-01'::timestamp_ntz),
        parse_json(replace(${detailOf(contract)}, 'THE_BATCH', 'B' || lpad(N::varchar, 8, '0')))
      from (select row_number() over (order by seq4()) as N from ${many})
    `);
  await session.rows(sql('fill-outbox')`
    insert into ${ident(outbox)} (EVENT_ID, PIPELINE, BATCH_ID, SOURCE, DOCUMENTS, CLAIMED_AT)
    select EVENT_ID, PIPELINE, BATCH_ID, 'DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED', 10, EVENT_TIME
    from ${ident(log)} where EVENT_TYPE = ${BatchClaimed.type}
  `);
  await session.close();
  return `B${String(Math.ceil(batches / 2)).padStart(8, '0')}`;
};
