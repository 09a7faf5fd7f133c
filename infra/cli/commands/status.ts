import { BREAKER } from '../../../services/coordinator/trigger-holds/request.ts';
import { attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { countDeadLetters } from '../flow/dead-letters.ts';
import { flows } from '../flow/flow-tables.ts';
import { pipelineStatus, type PipelineStatus } from '../flow/pipeline-status.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { openSession } from '../session.ts';
import { remoteTarget } from '../target.ts';
import { duration, grouped, plural } from '../view/numbers.ts';
import { visible } from '../view/text.ts';

/** Tells how every pipeline stands; exits with 1 where batches have failed. */
export const status = async (context: Context, options: CommonOptions): Promise<number> => {
  const { terminal } = context;
  const begin = nextCommand(context, 'run FILE...', options.data);
  expectData(options.data, begin);
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const pipelines: PipelineStatus[] = [];
    for (const flow of flows())
      pipelines.push(await pipelineStatus(session, flow).catch(explainMissing(context, options)));
    const [counted] = await session.rows(countDeadLetters()).catch(noneYet);
    await session.close();
    const deadLetters = {
      all: count(counted?.['LETTERS'] ?? 0),
      withoutBatch: count(counted?.['NAMELESS'] ?? 0),
    };
    const isRunning = !warehouse.isOwn;
    await terminal.result(
      options.json
        ? `${JSON.stringify({ isRunning, pipelines, deadLetters })}\n`
        : `${[headLine(isRunning), ...pipelines.flatMap(statusLines), ...deadLetterLines(deadLetters)].join('\n')}\n`,
    );
    return pipelines.some((it) => it.failed.length > 0) ? 1 : 0;
  } finally {
    await warehouse.close();
  }
};

const headLine = (isRunning: boolean): string => {
  const remote = remoteTarget();
  if (remote) return `On ${remote.stage}`;
  return isRunning ? 'A stack is running' : 'No stack is running: nothing moves';
};

const deadLetterLines = (of: { readonly all: number; readonly withoutBatch: number }): readonly string[] =>
  of.all === 0
    ? []
    : ['', `${plural(of.all, 'dead letter')}, ${grouped(of.withoutBatch)} of no batch: see firn dead-letters`];

const NO_SUCH_OBJECT = '002003';
const NO_SUCH_COLUMN = '000904';

/** A directory that an older version made has no table for them until it is started again. */
const noneYet = (cause: unknown): readonly [] => {
  if ((cause as { code?: unknown }).code !== NO_SUCH_OBJECT) throw cause;
  return [];
};

const explainMissing =
  (context: Context, { data }: CommonOptions) =>
  (cause: unknown) => {
    const { code } = cause as { code?: unknown };
    if (code === NO_SUCH_COLUMN)
      throw new Refusal('an older version made these tables: started once, the stack brings them up to date', {
        next: nextCommand(context, 'up', data),
        cause,
      });
    if (code !== NO_SUCH_OBJECT) throw cause;
    throw new Refusal('the pipelines have no tables in this warehouse yet', {
      next: nextCommand(context, 'run FILE...', data),
      cause,
    });
  };

const MOST_FIELDS = 5;

const driftLines = ({ pipeline, drift }: PipelineStatus): readonly string[] => {
  if (drift.fields.length === 0) return [];
  const shown = drift.fields.slice(0, MOST_FIELDS).map(({ what, path, kind, column, since }) => {
    const is = what === 'vanished' ? 'vanished' : `${what} as ${kind}${column === null ? '' : `, column ${column}`}`;
    return visible(`    ${path.slice(0, 60)} ${is} on ${since.slice(0, 16)} UTC`);
  });
  const more = drift.fields.length - shown.length;
  return [
    `  drift              ${plural(drift.fields.length, 'change')} of fields, policy ${drift.policy}: services/extract/pipelines/${pipeline}.ts`,
    ...shown,
    ...(more > 0 ? [`    and ${grouped(more)} more: firn status --json`] : []),
  ];
};

const quarantineLine = ({ quarantined, quarantine }: PipelineStatus): string => {
  const ended = (['released', 'loaded', 'superseded', 'discarded'] as const).filter((it) => quarantine[it] > 0);
  const more = ended.map((it) => `, ${grouped(quarantine[it])} ${it}`).join('');
  return `${plural(quarantined, 'document')} held${more}${quarantined > 0 ? ': see firn quarantine' : ''}`;
};

/** What to type where the pipeline waits for a person. */
const nextLines = ({ pipeline, holds, failed }: PipelineStatus): readonly string[] => {
  if (!holds.some((it) => it.holder === BREAKER)) return [];
  const why = failed.length === 0 ? '' : `firn batch ${failed.at(-1)!.batchId} says why; once it is mended, `;
  return [`    next               ${why}firn resume ${pipeline}`];
};

/** A pipeline's state as a person reads it. */
export const statusLines = (it: PipelineStatus): readonly string[] => {
  const age = it.waiting > 0 ? `, the oldest for ${duration(it.oldestSeconds)}` : '';
  const last = it.lastLoaded
    ? `${plural(it.lastLoaded.rows, 'row')} of batch ${it.lastLoaded.batchId} at ${it.lastLoaded.at} UTC`
    : 'nothing yet';
  const flight = it.inFlight.length === 0 ? 'none' : `${grouped(it.inFlight.length)}: ${it.inFlight.join(', ')}`;
  return [
    '',
    it.pipeline,
    `  trigger            ${it.trigger}`,
    ...it.holds.map((hold) =>
      visible(`    held by ${hold.holder} since ${hold.since.slice(0, 19).replace('T', ' ')} UTC: ${hold.why}`),
    ),
    ...nextLines(it),
    `  waiting            ${grouped(it.inStream)} in the stream, ${grouped(it.waiting)} for the trigger${age}`,
    `  batches in flight  ${flight}`,
    `  last loaded        ${last}`,
    `  target             ${plural(it.rows, 'row')} in ${it.target}`,
    `  quarantine         ${quarantineLine(it)}`,
    ...driftLines(it),
    `  failed batches     ${it.failed.length === 0 ? 'none' : grouped(it.failed.length)}`,
    ...it.failed.map((failed) => `    ${failed.batchId} in ${failed.service}: ${visible(failed.message)}`),
  ];
};
