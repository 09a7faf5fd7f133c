import { apply } from '../../snowflake/apply.ts';
import { effectOf } from '../../snowflake/plan/effect.ts';
import { readAccount } from '../../snowflake/plan/read-account.ts';
import { removal } from '../../snowflake/plan/removal.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { inSession, type PlanOptions } from './apply.ts';
import { definitionsOf } from './definitions.ts';
import { planJson, planLines } from './plan-view.ts';

export type DestroyOptions = PlanOptions & {
  readonly withData?: true;
  readonly yes?: true;
  readonly yesReally?: string;
};

/** Drops what is a pipeline's alone, after it has shown it; keeps tables unless their rows are to go, and never what pipelines share. */
export const destroy = ({ terminal, firn }: Context, options: DestroyOptions): Promise<number> =>
  inSession(options, async (session) => {
    const { own } = await definitionsOf(options);
    const account = await readAccount((text) => session.rows({ text }), own.map(effectOf));
    const changes = removal(own, account, options.withData === true);
    const found = { changes, unchanged: 0, stale: [], drifted: [] };
    if (!options.json && changes.length > 0)
      terminal.note(`${planLines(found, terminal.paint).slice(0, -1).join('\n')}\n`);
    if (changes.length > 0) expectConsent(options, changes.length, firn);
    await apply(
      changes.map(({ kind, name, text }) => ({ name: `drop ${kind.toLowerCase()} ${name}`, text, binds: [] })),
      (text) => session.rows({ text }),
    );
    await terminal.result(options.json ? `${JSON.stringify(planJson(found))}\n` : `${changes.length} dropped\n`);
    return 0;
  });

/** On prod a yes that slips off the fingers is none: what is to go has to be named. */
const expectConsent = ({ stage, pipeline, yes, yesReally }: DestroyOptions, count: number, firn: string): void => {
  const what = `this would drop ${count} objects of ${pipeline}`;
  const again = `${firn} snowflake destroy --pipeline ${pipeline}`;
  const named = `prod/${pipeline}`;
  if (stage === 'prod' && yesReally !== named)
    throw new Refusal(
      `${what} on prod, where ${yesReally === undefined ? '--yes is not enough' : `${yesReally} is not what would go`}`,
      {
        next: `${again} --stage prod --yes-really ${named}, with the options of before`,
      },
    );
  if (stage !== 'prod' && yes !== true) throw new Refusal(what, { next: `${again} --yes, with the options of before` });
};
