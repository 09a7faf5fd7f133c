import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PIPELINES } from '../../../services/extract/pipelines/registry.ts';
import { serviceKeys } from '../../local/keys.ts';
import { TOPOLOGIES } from '../../local/topologies.ts';
import { SERVICES } from '../../snowflake/objects/access.ts';
import { attachStack, attachWarehouse, type Address } from '../attach.ts';
import type { Context } from '../context.ts';
import { flowOf } from '../flow/flow-tables.ts';
import { PACE, type CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../session.ts';
import { claimDocuments, claimed, newBatchId } from '../step/claim-documents.ts';
import { isClassic, readClassic } from '../step/classic-document.ts';
import { nestRows } from '../step/nest-rows.ts';
import { localWarehouses, stageWarehouses, type WarehouseOf } from '../step/warehouses.ts';
import { remoteTarget, stageAtWork } from '../target.ts';
import { hears, services, type Message, type Outcome } from '../step/run-services.ts';

export type RunStepOptions = CommonOptions & { readonly event: string; readonly all?: true };

const STEPS: readonly string[] = TOPOLOGIES.map((it) => it.service);

/** Runs one step, or all that follow, on an event in this process, against the laptop's warehouse or a stage's account; prints what was said. */
export const runStep = async (context: Context, step: string, options: RunStepOptions): Promise<number> => {
  const { terminal } = context;
  if (!STEPS.includes(step)) throw new Refusal(`${step} is no step: ${STEPS.join(', ')}`);
  const given = await readDocument(options.event);
  const now = (): Date => new Date();
  const tell = (by: string, about: Message): void => terminal.note(`${by} hears ${about['detail-type']}\n`);
  const work = isClassic(given)
    ? readClassic(given, {
        pipelines: PIPELINES.map((it) => it.pipeline),
        steps: STEPS,
        stages: remoteTarget() ? [stageAtWork()] : ['dev', 'local'],
      })
    : undefined;
  if (work?.step !== undefined && work.step !== step)
    throw new Refusal(`the document is for ${work.step}, and not for ${step}`);
  if (!work) expectEvent(given, step);
  await prepare(options.data);
  const warehouse = await attachWarehouse(options.data);
  try {
    const run = services({ warehouseOf: await warehousesAt(warehouse.at, options.data), stage: stageAtWork(), now });
    const isAll = options.all === true || work?.isAll === true;
    let outcome: Outcome;
    if (work) {
      const flow = flowOf(work.pipeline);
      const documents = work.hasExtraction ? work.data : nestRows(flow.extract, work.data);
      const batchId = work.batchId ?? newBatchId(now());
      const session = await openSession(warehouse.at);
      for (const statement of claimDocuments(flow, documents, { batchId, now: now() })) await session.rows(statement);
      await session.close();
      terminal.note(`${documents.length} documents as batch ${batchId}\n`);
      outcome = await run.all(claimed(flow, documents.length, batchId, now()), tell, isAll ? undefined : step);
    } else if (isAll) outcome = await run.all(given as Message, tell);
    else outcome = await run.step(step, given as Message);
    await terminal.result(shown(outcome, options));
    for (const { service, error } of outcome.failures)
      terminal.note(`${service} failed (${error.kind}): ${error.message}\n`);
    return outcome.failures.length === 0 ? 0 : 1;
  } finally {
    await warehouse.close();
  }
};

const readDocument = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new Refusal(`${path} can't be read: ${cause.message}`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal(`${path} is no JSON`, { cause });
  }
};

const expectEvent = (given: unknown, step: string): void => {
  const type = (given as Partial<Message> | null)?.['detail-type'];
  if (type === undefined || (given as Partial<Message>).detail === undefined)
    throw new Refusal('neither an event (detail-type and detail) nor a classic document (data)', {
      next: 'cat events/examples/batch-triggered.v1.json',
    });
  if (!hears(step).includes(type)) throw new Refusal(`${step} does not hear ${type}, but ${hears(step).join(', ')}`);
};

const warehousesAt = async (at: Address, dataDir: string): Promise<WarehouseOf> =>
  typeof at === 'string'
    ? localWarehouses(at, await serviceKeys(join(dataDir, 'keys'), SERVICES))
    : stageWarehouses(at);

/** A laptop's directory on which nothing has run yet gets its tables first, as a stack would make them. */
const prepare = async (dataDir: string): Promise<void> => {
  if (remoteTarget() || existsSync(join(dataDir, 'warehouse'))) return;
  await (await attachStack(dataDir, PACE)).close();
};

const shown = ({ said, failures }: Outcome, { json }: RunStepOptions): string => {
  const failed = failures.map(({ service, error }) => ({ service, kind: error.kind, message: error.message }));
  if (json) return `${JSON.stringify({ events: said, failures: failed })}\n`;
  return said
    .map(({ source, 'detail-type': type, detail }) => `${JSON.stringify({ source, 'detail-type': type, detail })}\n`)
    .join('');
};
