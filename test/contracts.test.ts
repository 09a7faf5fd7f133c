import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { init } from '@polyglot-sql/sdk';
import * as z from 'zod';
import { BatchClaimed } from '../events/batch-claimed.v1.ts';
import { BatchLoaded } from '../events/batch-loaded.v1.ts';
import { BatchValidated } from '../events/batch-validated.v1.ts';
import { read, type Contract } from '../events/contract.ts';
import { BATCH_CONTRACTS, CONTRACTS } from '../events/contracts.ts';
import { checkColumns } from '../infra/contracts/check-columns.ts';
import { checkEvents, sentence, unagreed } from '../infra/contracts/check-events.ts';
import { expectations } from '../infra/contracts/expectations.ts';
import { TOPOLOGIES } from '../infra/local/topologies.ts';
import { pipelineParts } from '../infra/snowflake/definition.ts';
import { tablesPage } from '../infra/tables-page/tables-page.ts';
import { example, exampleMessage, exampleTransformedStage } from '../shared/testing/examples.ts';
import { sourceFiles } from './architecture/source-files.ts';
import { codeName, hearingFaults, producerFaults } from './contracts/publishing.ts';

beforeAll(init);

const events = new URL('../events/', import.meta.url);
const fileOf = ({ type }: Contract): string => type.replace('.', '-');
const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(new URL(folder, events))
    .filter((it) => it.endsWith(ending) && /\.v\d+\./.test(it))
    .map((it) => it.slice(0, -ending.length))
    .sort();
const frozen = (contract: Contract): unknown =>
  JSON.parse(readFileSync(new URL(`schema/${fileOf(contract)}.json`, events), 'utf8'));
const all = CONTRACTS.map((it) => [it.type, it] as const);

describe('the contracts', () => {
  it('are all there are: one file, one schema and one example each, named like the event', () => {
    const names = CONTRACTS.map(fileOf).sort();

    expect(filesIn('.', '.ts')).toEqual(names);
    expect(filesIn('schema', '.json')).toEqual(names);
    expect(filesIn('examples', '.json')).toEqual(names);
  });

  it('have one producer and one type each', () => {
    expect(new Set(CONTRACTS.map((it) => it.type)).size).toBe(CONTRACTS.length);
    expect(CONTRACTS.map((it) => it.source)).toEqual(CONTRACTS.map((it) => `firn.${it.producer}`));
  });

  it.each(all)('%s is exported under its own name', async (_, contract) => {
    const module: Record<string, unknown> = await import(new URL(`${fileOf(contract)}.ts`, events).href);

    expect(module[codeName(contract)]).toBe(contract);
  });

  // A new field, required or not, shows up here: its listeners' owners read the difference of the schema.
  it.each(all)(
    '%s has the shape that is frozen in its schema (rewrite it by infra/tools/schemas.ts)',
    (_, contract) => {
      expect(z.toJSONSchema(contract.detail)).toEqual(frozen(contract));
    },
  );

  it('would show any change of shape', () => {
    const widened = z.object({ ...BatchLoaded.data.shape, extra: z.string().optional() });

    expect(z.toJSONSchema(widened)).not.toEqual(z.toJSONSchema(BatchLoaded.data));
  });
});

describe('the examples', () => {
  it.each(all)('%s is what its contract reads and its producer sends', (type, contract) => {
    const message = exampleMessage(type);

    expect(message).toMatchObject({ source: contract.source, 'detail-type': type });
    expect({ ...read(contract, message.detail), type: undefined }).toEqual({ ...message.detail, type: undefined });
  });

  it('tell the story of one batch, from its claim on each answering another', () => {
    const story = [...BATCH_CONTRACTS.map((it) => example(it)), exampleTransformedStage()];
    const ids = story.map((it) => it.id);

    expect(new Set(ids).size).toBe(story.length);
    expect(new Set(story.map((it) => it.batchId)).size).toBe(1);
    expect(story.filter((it) => !ids.includes(it.causationId ?? '')).map((it) => it.type)).toEqual([BatchClaimed.type]);
  });
});

describe('a contract refuses', () => {
  it.each<[string, object]>([
    ['a batch id that no table name could hold', { batchId: 'b-1' }],
    ['a batch id that would not fit', { batchId: 'B'.repeat(65) }],
    ['an attempt before the first', { attempt: 0 }],
    ['an id that is none', { id: 'x' }],
    ['a time without a zone', { time: '2026-01-05T09:30:00' }],
    ['a pipeline with a path in it', { pipeline: '../orders' }],
    ['no trace', { traceId: '' }],
    ['no cause at all', { causationId: undefined }],
  ])('%s', (_, changes) => {
    expect(() => example(BatchLoaded, changes)).toThrow(z.ZodError);
  });

  it.each<[string, object]>([
    ['a table without its database', { target: 'ECOMM.ORDERS' }],
    ['a table in quotes', { target: 'DEV."ECOMM".ORDERS' }],
    ['a table in small letters', { target: 'dev.ecomm.orders' }],
    ['fewer than no rows', { rows: -1 }],
    ['half a row', { rows: 0.5 }],
    ['a count in letters', { rows: '1786' }],
  ])('%s', (_, changes) => {
    expect(() => example(BatchLoaded, {}, changes)).toThrow(z.ZodError);
  });
});

describe('who says and who hears', () => {
  const files = [...sourceFiles('services'), ...sourceFiles('shared')].filter((it) => !/test/.test(it.path));

  it('is as the contracts have it', () => {
    expect(producerFaults(files, CONTRACTS)).toEqual([]);
    expect(hearingFaults(TOPOLOGIES, CONTRACTS)).toEqual([]);
  });

  it('would be noticed when a service said what is not its to say, or fell silent', () => {
    const planted = { path: 'services/extract/service.ts', text: 'publish([{ contract: BatchLoaded, event: x }])' };

    expect(producerFaults([planted], [BatchLoaded])).toEqual([
      "services/extract/service.ts publishes batch.loaded.v1, which is load's to say",
    ]);
    expect(producerFaults([], [BatchLoaded])).toEqual(['load never publishes batch.loaded.v1']);
  });

  it('would be noticed when nobody heard an event, or somebody one that does not exist', () => {
    expect(hearingFaults([{ service: 'load', hears: ['batch.validate.v1'] }], [BatchValidated])).toEqual([
      'nobody hears batch.validated.v1',
      'load hears batch.validate.v1, of which there is no contract',
    ]);
  });
});

describe('the owners', () => {
  const agreed = expectations(resolve(import.meta.dirname, '..'));

  it('have agreed to every event that their services hear', () => {
    expect(unagreed(TOPOLOGIES, agreed)).toEqual([]);
    expect(agreed.length).toBe(TOPOLOGIES.reduce((sum, it) => sum + it.hears.length, 0));
  });

  it('break nothing that they have agreed on', () => {
    expect(checkEvents(CONTRACTS, agreed).map(sentence)).toEqual([]);
    expect(checkColumns()).toEqual([]);
  });

  it('find every table on the page of tables, as it is made (rewrite it by npm run tables-page)', () => {
    const plain = (text: string): string => text.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---');
    const page = readFileSync(new URL('../docs/tables.md', import.meta.url), 'utf8');

    expect(plain(page)).toBe(plain(tablesPage(pipelineParts())));
  });
});
