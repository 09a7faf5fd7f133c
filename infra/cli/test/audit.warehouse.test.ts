import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rowVersion } from '../../../services/extract/sql/row-version.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql } from '../../../shared/sql/statement.ts';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
import { definition, pipelineParts } from '../../snowflake/definition.ts';
import { audit } from '../flow/audit.ts';
import { flows } from '../flow/flow-tables.ts';
import { openSession, type Session } from '../session.ts';

const DEPLOYMENT = {
  stage: 'dev' as const,
  bucket: 'landing',
  storageIntegration: 'LANDING',
  landingRoleArn: 'arn:aws:iam::000000000000:role/landing',
  inboundTopicArn: 'arn:aws:sns:eu-west-1:000000000000:inbound',
  inboundRoleArn: 'arn:aws:iam::000000000000:role/inbound',
  schedule: '1 MINUTE',
  thresholdRows: 500,
  maxAgeSeconds: 60,
};
const KEYS = { extract: '', validate: '', transform: '', load: '', coordinator: '' };
const CONTAINERS =
  /^create-(database|schema|raw-table|streamed-table|quarantine-table|quarantine-log-table|released-table|target-table)$/;

const flow = flows()[0]!;
const [raw, target, quarantine, quarantineLog] = [flow.raw, flow.target, flow.quarantine, flow.quarantineLog].map(
  ident,
);
const key = 'orders/0123456789ab/a.ndjson';
const directory = mkdtempSync(join(tmpdir(), 'firn-audit-'));
const path = join(directory, 'a.ndjson');

let warehouse: StartedWarehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await startWarehouse();
  session = await openSession(warehouse.url);
  const ddl = definition(DEPLOYMENT, pipelineParts()[0]!, KEYS).filter((it) => CONTAINERS.test(it.name));
  for (const statement of ddl) await session.rows(statement);
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
  rmSync(directory, { recursive: true });
});

const lands = (line: number, document: unknown): Promise<unknown> =>
  session.rows(sql('land')`
    insert into ${raw!} (SRC, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT)
    select parse_json(${JSON.stringify(document)}), ${key}, ${line}, '2024-01-01 12:00:00'::timestamp_ltz
  `);
const loads = (line: number): Promise<unknown> =>
  session.rows(sql('load')`
    insert into ${target!} (ORDER_NUMBER, LINE_NUMBER, FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION)
    select d.SRC:order_number::varchar, f.INDEX + 1, d.FILE_NAME, d.FILE_ROW_NUMBER, ${rowVersion(flow.extract)}
    from ${raw!} d, lateral flatten(input => d.SRC:products) f
    where d.FILE_ROW_NUMBER = ${line}
  `);
const holds = (line: number, kind: 'order' | 'document', stage: string): Promise<unknown> =>
  session.rows(sql('hold')`
    insert into ${quarantine!} (DOCUMENT_ID, BATCH_ID, ATTEMPT, STAGE, KIND, ORDER_NUMBER, FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION)
    select 'D' || ${line}, 'B1', 1, ${stage}, ${kind}, d.SRC:order_number::varchar, d.FILE_NAME, d.FILE_ROW_NUMBER, ${rowVersion(flow.extract)}
    from ${raw!} d where d.FILE_ROW_NUMBER = ${line}
  `);
const order = (number: string, products = 2) => ({
  order_number: number,
  products: Array.from({ length: products }, () => ({ sku: 'S' })),
});

/** Lands documents, one a line, then lets happen what is said; the account of all of them. */
const after = async (documents: readonly unknown[], happens: () => Promise<void>) => {
  for (const table of [raw, target, quarantine, quarantineLog]) await session.rows(sql('empty')`delete from ${table!}`);
  for (const [index, document] of documents.entries()) await lands(index + 1, document);
  await happens();
  writeFileSync(path, documents.map((it) => `${JSON.stringify(it)}\n`).join(''));
  const source = { path, folder: '0123456789ab', name: 'a.ndjson', bytes: 1, documents: documents.length };
  const { documents: counts, problems } = await audit(session, flow, [{ source, key, wasThere: false }]);
  return { counts, problems: problems.map(({ line, what }) => `${line} ${what}`) };
};

describe('the account of documents, on the tables themselves', () => {
  it('finds each in the target, in quarantine, or overtaken by a newer one', async () => {
    const found = await after([order('1'), order('2'), order('2'), order('3'), [1], order('4', 0)], async () => {
      await loads(1);
      await loads(3);
      await holds(4, 'order', 'extracted');
      await holds(5, 'document', 'extracted');
      await holds(6, 'order', 'extracted');
    });
    expect(found).toEqual({ counts: { in: 6, loaded: 2, superseded: 1, quarantined: 2, rejected: 1 }, problems: [] });
  });

  it('misses a document of which nothing is left', async () => {
    const found = await after([order('1'), order('2')], () => loads(1).then(() => undefined));
    expect(found.problems).toEqual(['2 lost']);
  });

  it('misses a newer version when only the older one is there', async () => {
    const found = await after([order('1'), order('1')], () => loads(1).then(() => undefined));
    expect(found.problems).toEqual(['2 lost']);
  });

  it.each(['extracted', 'transformed'])('misses an older version of one that is held back (%s)', async (stage) => {
    const found = await after([order('1'), order('1')], () => holds(2, 'order', stage).then(() => undefined));
    expect(found.problems).toEqual(['1 lost']);
  });

  it('takes what is held for overtaken once a newer version stands in the target', async () => {
    const found = await after([order('1'), order('1')], async () => {
      await holds(1, 'order', 'extracted');
      await loads(2);
    });
    expect(found).toMatchObject({ counts: { loaded: 1, superseded: 1, quarantined: 0 }, problems: [] });
  });

  it('counts what was released by what became of it, and what was discarded for itself', async () => {
    const found = await after([order('1'), order('2'), [1]], async () => {
      for (const [line, what] of [
        [1, 'released'],
        [2, 'discarded'],
        [3, 'discarded'],
      ] as const) {
        await holds(line, 'order', 'extracted');
        await session.rows(sql('note')`
          insert into ${quarantineLog!} (DOCUMENT_ID, WHAT, BATCH_ID, ATTEMPT, FILE_NAME, FILE_ROW_NUMBER)
          select DOCUMENT_ID, ${what}, BATCH_ID, ATTEMPT, FILE_NAME, FILE_ROW_NUMBER from ${quarantine!}
          where FILE_ROW_NUMBER = ${line}
        `);
      }
      await loads(1);
    });
    expect(found).toEqual({
      counts: { in: 3, loaded: 1, superseded: 0, quarantined: 0, rejected: 0, discarded: 2 },
      problems: [],
    });
  });

  it('sees through a row that another was put in place of', async () => {
    const found = await after([order('1', 3), order('2', 2)], async () => {
      for (const line of [1, 2]) await loads(line);
      await session.rows(
        sql('swap')`update ${target!} set LINE_NUMBER = 9 where FILE_ROW_NUMBER = 1 and LINE_NUMBER = 2`,
      );
      await session.rows(sql('add')`insert into ${target!} select * from ${target!} where FILE_ROW_NUMBER = 2 limit 1`);
    });
    expect(found.problems).toEqual(['1 incomplete', '2 surplus']);
  });

  it('misses rows of an order that is loaded in part, and notices what counts twice', async () => {
    const found = await after([order('1', 3), order('2'), order('3')], async () => {
      for (const line of [1, 2, 3]) await loads(line);
      await session.rows(sql('cut')`delete from ${target!} where FILE_ROW_NUMBER = 1 and LINE_NUMBER = 3`);
      await holds(2, 'order', 'transformed');
      await lands(3, order('3'));
    });
    expect(found.problems).toEqual(['1 incomplete', '2 doubled', '3 doubled']);
  });
});
