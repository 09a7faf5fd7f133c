import { deadLetters } from '../../../services/coordinator/tables.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { stageAtWork } from '../target.ts';
import { fragment, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';

const from = () => ident(deadLetters(stageAtWork()));

/** Messages that services gave up, the newest first. */
export const listDeadLetters = (since: Date | undefined, most: number): Statement => sql('list-dead-letters')`
  select MESSAGE_ID, SERVICE, EVENT_TYPE, BATCH_ID, ATTEMPT, KIND, REASON, RECEIVES, SENT_AT::varchar as SENT_AT,
    KEPT_AT::varchar as KEPT_AT, BODY
  from ${from()}
  where ${since ? fragment`KEPT_AT >= ${since.toISOString()}::timestamp_ntz` : fragment`true`}
  order by KEPT_AT desc, MESSAGE_ID
  limit ${trusted(String(most))}
`;

/** How many there are, and how many of them name no batch: those no replay brings back. */
export const countDeadLetters = (): Statement => sql('count-dead-letters')`
  select count(*) as LETTERS, count_if(BATCH_ID is null) as NAMELESS from ${from()}
`;
