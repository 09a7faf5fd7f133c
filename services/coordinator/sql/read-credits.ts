import { name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** What a warehouse cost in the hour before the last whole one: Snowflake has added it up by then. */
export const readCredits = (p: { readonly of: string; readonly database: string }): Statement => sql('read-credits')`
  select coalesce(sum(CREDITS_USED), 0)::varchar as CREDITS
  from table(${name(p.database)}.INFORMATION_SCHEMA.WAREHOUSE_METERING_HISTORY(
    date_range_start => dateadd('hour', -3, current_timestamp()),
    date_range_end => current_timestamp(),
    warehouse_name => ${literal(p.of)}
  ))
  where START_TIME = dateadd('hour', -2, date_trunc('hour', current_timestamp()))
`;
