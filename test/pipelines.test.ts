import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { BatchClaimed } from '../events/batch-claimed.v1.ts';
import { answerId } from '../shared/bus/answer.ts';
import { count } from '../shared/snowflake/warehouse.ts';
import { ident, name } from '../shared/sql/identifier.ts';
import { sql } from '../shared/sql/statement.ts';
import { example } from '../shared/testing/examples.ts';
import { seeded } from './fixtures/random.ts';
import { KIND, platform } from './flow/platform.ts';
import { openWorld, type World } from './flow/world.ts';

const folder = new URL('./fixtures/pipelines/', import.meta.url);
const SAMPLES = readdirSync(folder).map((it) => it.replace(/\.ndjson$/, ''));

interface Document {
  readonly [key: string]: unknown;
}

const at = (document: Document, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Document | null | undefined)?.[key], document);

const claim = async ({ rows, flow }: World, pipeline: string, lines: readonly string[]): Promise<BatchClaimed> => {
  for (const [index, text] of lines.entries())
    await rows(sql('claim')`
      insert into ${ident(flow.streamed)} (BATCH_ID, SRC, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT)
      select 'B1', parse_json(${text}), 'sample.ndjson', ${index + 1}, '2026-01-05 09:30:00'::timestamp_ltz
    `);
  const about = { id: answerId('B1', 'claim'), pipeline, batchId: 'B1', traceId: 'B1' };
  return example(BatchClaimed, about, { source: flow.streamed, documents: lines.length });
};

describe('the sample of a pipeline', () => {
  it.each(SAMPLES)('%s flows through every service, and each document of it is loaded whole', async (pipeline) => {
    const world = await openWorld(pipeline);
    try {
      const { flow, rows, size } = world;
      const lines = readFileSync(new URL(`${pipeline}.ndjson`, folder), 'utf8')
        .trim()
        .split('\n');
      const stack = platform(world.connect, seeded(1), KIND);
      stack.emit(await claim(world, pipeline, lines));
      await stack.run();

      const documents = lines.map((it) => JSON.parse(it) as Document);
      const { explode, columns, key } = flow.extract;
      const elements = (it: Document): number => (explode ? ((at(it, explode) ?? []) as unknown[]).length : 1);
      const keyed = columns.find((it) => it.name === key)!.from as { readonly document: readonly string[] };
      const [found] = await rows(sql('loaded')`
        select count(*) as ITEMS, count(distinct ${name(key)}) as DOCUMENTS from ${ident(flow.target)}
      `);
      const reasons = await rows(sql('held')`select REASONS::varchar as REASONS from ${ident(flow.quarantine)}`);

      expect(reasons).toEqual([]);
      expect(stack.deadLetters).toEqual([]);
      expect(stack.published.map((it) => it.type)).toContain('batch.completed.v1');
      expect(count(found!['ITEMS'])).toBe(documents.reduce((sum, it) => sum + Math.max(elements(it), 1), 0));
      expect(count(found!['DOCUMENTS'])).toBe(new Set(documents.map((it) => String(at(it, keyed.document)))).size);
      expect(await size(flow.manifest)).toBe(1);
    } finally {
      await world.close();
    }
  });
});
