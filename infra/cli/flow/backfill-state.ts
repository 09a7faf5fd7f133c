import type { StoryEvent } from '../../../services/coordinator/backfill/backfill-event.ts';
import { decideBackfill } from '../../../services/coordinator/backfill/decide.ts';
import { evolveBackfill, initialBackfill, type BackfillState } from '../../../services/coordinator/backfill/evolve.ts';
import { keptReport, type BackfillReport } from '../../../services/coordinator/backfill/report.ts';
import { readComparison } from '../../../services/coordinator/backfill/sql/keep-comparison.ts';
import { readBackfill } from '../../../services/coordinator/backfill/sql/read-backfill.ts';
import { backfillComparisons, batchLog } from '../../../services/coordinator/tables.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import { Json, toText } from '../cells.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import { stageAtWork } from '../target.ts';
import { loggedEvent } from './read-flow.ts';

/** A backfill by everything that the coordinator has written down about it. */
export interface KnownBackfill {
  readonly id: string;
  readonly state: BackfillState;
  /** What is said about the backfill itself, oldest first. */
  readonly events: readonly StoryEvent[];
}

/** Reads a backfill's story, chunks included, and adds it up as the coordinator does. */
export const knownBackfill = async (session: Session, id: string): Promise<KnownBackfill> => {
  const rows = await session.rows(readBackfill({ from: batchLog(stageAtWork()), backfillId: id }));
  const events = [...new Map(rows.map((it) => loggedEvent(it) as StoryEvent).map((it) => [it.id, it])).values()];
  return {
    id,
    state: events.reduce(evolveBackfill, initialBackfill),
    events: events.filter((it) => it.batchId === id),
  };
};

/** What its comparison found, once there has been one. */
export const comparisonOf = async (session: Session, id: string): Promise<BackfillReport | undefined> => {
  const [row] = await session.rows(readComparison({ from: backfillComparisons(stageAtWork()), backfillId: id }));
  if (!row) return undefined;
  const { REPORT } = row;
  return keptReport({ REPORT: REPORT instanceof Json ? REPORT.text : (REPORT ?? null) });
};

const backfillsNamed = (ending: string, most: number): Statement => sql('backfills-named')`
  select BATCH_ID from ${ident(batchLog(stageAtWork()))}
  where EVENT_TYPE = 'backfill.requested.v1' and endswith(BATCH_ID, ${ending})
  group by BATCH_ID
  order by min(EVENT_TIME) desc
  limit ${trusted(String(most))}
`;

/** Ids of backfills that end so, the newest first. */
export const findBackfills = async (session: Session, ending: string, most: number): Promise<readonly string[]> =>
  (await session.rows(backfillsNamed(ending, most))).map((it) => toText(it['BATCH_ID'] ?? null));

/** The only backfill whose id ends so; a Refusal that names the choice otherwise. */
export const findBackfill = async (session: Session, ending: string, next: string): Promise<string> => {
  const found = await findBackfills(session, ending.toUpperCase(), 10);
  const [only] = found;
  if (only === undefined) throw new Refusal(`there is no backfill ${ending}`, { next });
  if (found.length > 1) throw new Refusal(`several backfills end in ${ending}: ${found.join(', ')}`, { next });
  return only;
};

/** How a backfill stands, in a word. */
export type BackfillStatus =
  | 'asked for'
  | 'running'
  | 'waits for approval'
  | 'barred'
  | 'published'
  | 'rolled back'
  | 'cancelled'
  | 'failed'
  | 'refused';

/** Tells how a backfill stands. */
export const statusOf = (state: BackfillState): BackfillStatus => {
  const { request, steps, ended, refusals } = state;
  if (steps.restored) return 'rolled back';
  if (ended) return ended.data.outcome;
  if (request && refusals.includes(request.id)) return 'refused';
  if (steps.published) return 'running';
  if (steps.compared?.data.step === 'compared' && !state.cancel) {
    if (steps.compared.data.barred) return 'barred';
    if (decideBackfill(state, new Date(steps.compared.time)).do === 'wait') return 'waits for approval';
  }
  return steps.held ? 'running' : 'asked for';
};
