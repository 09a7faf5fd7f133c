import { queried } from '../catalog/table-source.ts';
import type { SnowflakeError } from '../contract.ts';
import { answered } from '../external/answered.ts';
import { backgroundContext } from '../session/background-context.ts';
import { newQueryId, type Session } from '../session/session.ts';
import { lagOf, type DynamicTable } from './dynamic-table-object.ts';

/** One refresh, as DYNAMIC_TABLE_REFRESH_HISTORY shows it. */
export interface Refresh {
  readonly path: readonly string[];
  readonly queryId: string;
  readonly trigger: 'SCHEDULED' | 'MANUAL' | 'CREATION';
  /** What is in the table since: all that was committed by then. */
  readonly dataTimestamp: Date;
  readonly lagSeconds: number | undefined;
  startedAt: Date;
  endedAt?: Date;
  state: 'EXECUTING' | 'SUCCEEDED' | 'FAILED' | 'UPSTREAM_FAILED';
  action?: 'NO_DATA' | 'FULL' | 'INCREMENTAL';
  inserted: number;
  deleted: number;
  error?: SnowflakeError;
}

/** Seconds between its refreshes; undefined where nothing but other tables or people ask for them. */
export const lagSeconds = ({ details }: DynamicTable): number | undefined => {
  const lag = details.lag === undefined || details.scheduler === 'DISABLE' ? undefined : lagOf(details.lag);
  return typeof lag === 'number' ? lag : undefined;
};

/** A refresh that begins. */
export const begun = (
  path: readonly string[],
  trigger: Refresh['trigger'],
  at: Date,
  seconds: number | undefined,
): Refresh => ({
  path,
  queryId: newQueryId(),
  trigger,
  dataTimestamp: at,
  lagSeconds: seconds,
  startedAt: at,
  state: 'EXECUTING',
  inserted: 0,
  deleted: 0,
});

/** Runs the query, and changes the rows of the table that it gives no more, or anew. */
export const renewed = async (session: Session, { path, details }: DynamicTable): Promise<Partial<Refresh>> => {
  const { physical, columns, query, refreshMode } = details;
  const context = backgroundContext(session, query);
  const key = path.join('.');
  return answered(context, (calls) =>
    session.transactions.define([{ key, mode: 'modify' }], [key], async (run, transaction) => {
      const next = physical.replace(/"$/, '~next"');
      await queried(context, context.statement, columns, calls).make(run, next, [], transaction);
      const count = async (left: string, right: string): Promise<number> =>
        Number((await (await run(`SELECT count(*) FROM (FROM ${left} EXCEPT ALL FROM ${right})`)).getRows())[0]![0]);
      const [inserted, deleted] = [await count(next, physical), await count(physical, next)];
      if (inserted + deleted > 0) await run(`DELETE FROM ${physical}; INSERT INTO ${physical} FROM ${next}`);
      await run(`DROP TABLE ${next}`);
      const action: Refresh['action'] = inserted + deleted > 0 ? refreshMode : 'NO_DATA';
      return { action, inserted, deleted };
    }),
  );
};
