import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { toText } from '../cells.ts';
import { stageAtWork } from '../target.ts';
import type { Session } from '../session.ts';
import type { Query } from '../view/batch-page.ts';

const taggedQueries = (batchId: string): Statement => sql('tagged-queries')`
  select QUERY_ID, QUERY_TEXT, QUERY_TAG, EXECUTION_STATUS
  from table(information_schema.query_history(result_limit => 10000))
  where contains(QUERY_TAG, ${`"batchId":"${batchId}"`})
  order by START_TIME
`;

/** The statements that Snowflake still remembers to have run for a batch; it forgets them after a week. */
export const queriesOf = async (session: Session, batchId: string): Promise<readonly Query[]> => {
  await session.rows({ text: `use database ${stageAtWork().toUpperCase()}_RAW_PROCESSED` });
  const rows = await session.rows(taggedQueries(batchId));
  return rows.map((it) => ({
    queryId: toText(it['QUERY_ID'] ?? null),
    text: toText(it['QUERY_TEXT'] ?? null),
    status: toText(it['EXECUTION_STATUS'] ?? null),
    attempt: attemptOf(toText(it['QUERY_TAG'] ?? null)),
  }));
};

const attemptOf = (tag: string): number => {
  try {
    return (JSON.parse(tag) as { attempt?: number }).attempt ?? 0;
  } catch {
    return 0;
  }
};
