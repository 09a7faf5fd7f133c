import { apply } from '../../snowflake/apply.ts';
import { planOf, type Plan } from '../../snowflake/plan/plan.ts';
import { attachWarehouse } from '../attach.ts';
import { toText } from '../cells.ts';
import type { Context } from '../context.ts';
import { openSession, type Session } from '../session.ts';
import { definitionsOf, type DefinitionOptions } from './definitions.ts';
import { planJson, planLines } from './plan-view.ts';
import { trustLines } from './trust.ts';

export type PlanOptions = DefinitionOptions & { readonly json?: true };

/** Works in a session on the account, or on the laptop's warehouse. */
export const inSession = async <T>(
  { data }: { readonly data: string },
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const warehouse = await attachWarehouse(data);
  try {
    const session = await openSession(warehouse.at);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  } finally {
    await warehouse.close();
  }
};

/** The role that this session works by; what ACCOUNTADMIN makes is looked after by SYSADMIN, as Snowflake advises. */
const operatorRole = async (session: Session): Promise<string> => {
  const role = toText((await session.rows({ text: 'select current_role() as ROLE' }))[0]?.['ROLE'] ?? null);
  return role === '' || role === 'ACCOUNTADMIN' ? 'SYSADMIN' : role;
};

const planned = async (session: Session, options: PlanOptions): Promise<Plan> => {
  const { own, all } = await definitionsOf(options, await operatorRole(session));
  return planOf((text) => session.rows({ text }), own, all);
};

/** Shows what the definition would change; exits with 0 whether or not that is anything. */
export const plan = ({ terminal }: Context, options: PlanOptions): Promise<number> =>
  inSession(options, async (session) => {
    const found = await planned(session, options);
    await terminal.result(
      options.json ? `${JSON.stringify(planJson(found))}\n` : `${planLines(found, terminal.paint).join('\n')}\n`,
    );
    return 0;
  });

/** Shows what is to be changed and changes it; whatever was interrupted before is put right by the next call. */
export const applyPlan = ({ terminal, firn }: Context, options: PlanOptions): Promise<number> =>
  inSession(options, async (session) => {
    const found = await planned(session, options);
    if (!options.json) terminal.note(`${planLines(found, terminal.paint).join('\n')}\n`);
    let done = 0;
    await apply(
      found.changes.map(({ action, kind, name, text }) => ({
        name: `${action} ${kind.toLowerCase()} ${name}`,
        text,
        binds: [],
      })),
      async (text) => {
        await session.rows({ text });
        done += 1;
        if (terminal.isLive) terminal.note(`\r${done} of ${found.changes.length}`);
      },
    );
    if (terminal.isLive && done > 0) terminal.note('\n');
    const left = await planned(session, options);
    const trust = options.stage === undefined ? [] : await trustLines(session, options.stage, firn);
    await terminal.result(
      options.json
        ? `${JSON.stringify({ applied: planJson(found), left: planJson(left) })}\n`
        : `${[`${done} done, ${left.changes.length} left`, ...trust].join('\n')}\n`,
    );
    return left.changes.length === 0 ? 0 : 1;
  });
