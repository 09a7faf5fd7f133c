import { TRIGGER_STREAM, type TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

interface Params {
  readonly from: TableRef;
  readonly pipeline: string;
}

/** Everything that was asked of a pipeline's trigger, oldest first. */
export const readTrigger = (p: Params): Statement => sql('read-trigger')`
  select EVENT_TYPE, DETAIL from ${ident(p.from)}
  where BATCH_ID = ${TRIGGER_STREAM} and PIPELINE = ${p.pipeline}
    and EVENT_TYPE in ('suspend.requested.v1', 'resume.requested.v1')
  order by EVENT_TIME, RECORDED_AT
`;
