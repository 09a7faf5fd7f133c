import { randomUUID } from 'node:crypto';
import { BREAKER, MANUAL, resumeRequest, suspendRequest } from '../../../services/coordinator/trigger-holds/request.ts';
import { triggerEventOf } from '../../../services/coordinator/trigger-holds/service.ts';
import type { TriggerEvent, TriggerRequest } from '../../../services/coordinator/trigger-holds/trigger-event.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { attachPlace, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { flowNamed } from '../flow/find-batch.ts';
import type { Flow } from '../flow/flow-tables.ts';
import { detailOf } from '../flow/read-flow.ts';
import { awaited, put } from '../operate/ask.ts';
import { PACE, type CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession, type Row } from '../session.ts';
import { visible } from '../view/text.ts';

const ANSWER_SECONDS = 60;

const answerTo = (flow: Flow, id: string): Statement => sql('answer-to')`
  select EVENT_TYPE, DETAIL from ${ident(flow.log)} where BATCH_ID = 'TRIGGER' and DETAIL:causationId::varchar = ${id}
`;

/** Holds a pipeline's trigger by hand. */
export const suspend = (context: Context, pipeline: string, options: CommonOptions & { readonly why: string }) => {
  const { pipeline: name } = flowNamed(pipeline);
  return ask(context, [suspendRequest({ ...asked(name, MANUAL), why: options.why })], options);
};

/** Lets a pipeline's trigger go, whether a hand held it or its breaker; a backfill lets go itself. */
export const resume = (context: Context, pipeline: string, options: CommonOptions) => {
  const { pipeline: name } = flowNamed(pipeline);
  return ask(context, [resumeRequest(asked(name, BREAKER)), resumeRequest(asked(name, MANUAL))], options);
};

const newest = (rows: readonly Row[]): TriggerEvent =>
  rows
    .map((it) => triggerEventOf(detailOf(it)))
    .toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))
    .at(-1)!;

const asked = (pipeline: string, holder: string) => ({ id: randomUUID(), pipeline, holder, now: new Date() });

const ask = async (context: Context, requests: readonly TriggerRequest[], options: CommonOptions): Promise<number> => {
  const request = requests.at(-1)!;
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const flow = flowNamed(request.pipeline);
  const stack = await attachPlace(options.data, PACE);
  try {
    const session = await openSession(stack.at.warehouse);
    await put(stack.at, requests);
    const find = async () => {
      const answers = [];
      for (const { id } of requests) answers.push((await session.rows(answerTo(flow, id)))[0]);
      // Messages of one queue may overtake each other: what was said last counts.
      return answers.every((it) => it !== undefined) ? newest(answers) : undefined;
    };
    const told = await awaited(find, { seconds: ANSWER_SECONDS, stop: context.stop });
    await session.close();
    const next = nextCommand(context, 'status', options.data);
    if (!told)
      throw new Refusal(`the coordinator has not answered within ${ANSWER_SECONDS} s; the request waits in its queue`, {
        next,
        exitCode: 1,
      });
    const holders = told.type === 'trigger.suspended.v1' ? told.data.holders : [];
    const lines = [
      `The trigger of ${flow.pipeline} ${holders.length > 0 ? 'stands still' : 'runs'}`,
      ...holders.map((it) => visible(`  held by ${it.holder} since ${it.since}: ${it.why}`)),
    ];
    await context.terminal.result(
      options.json
        ? `${JSON.stringify({ pipeline: flow.pipeline, state: holders.length > 0 ? 'suspended' : 'running', holders })}\n`
        : `${lines.join('\n')}\n`,
    );
    return 0;
  } finally {
    await stack.close();
  }
};
