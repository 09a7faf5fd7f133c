import { knownPaths } from '../../../services/extract/pipelines/known-paths.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { toText } from '../cells.ts';
import type { Session } from '../session.ts';
import type { Flow } from './flow-tables.ts';

/** How the documents of a pipeline have come to differ from what it describes. */
export interface Drift {
  readonly policy: 'ignore' | 'evolve' | 'quarantine';
  readonly fields: readonly {
    readonly what: string;
    readonly path: string;
    readonly kind: string;
    readonly column: string | null;
    readonly batchId: string;
    readonly since: string;
  }[];
}

const driftedFields = (flow: Flow): Statement => sql('drifted-fields')`
  select WHAT, PATH, KIND, COLUMN_NAME, BATCH_ID, FIRST_SEEN::varchar as SINCE
  from ${ident(flow.fields)} where WHAT <> 'described'
  order by FIRST_SEEN desc, PATH
  limit 1000
`;

/** What extract has noticed; a field that has been defined since is no news any more. */
export const driftOf = async (session: Pick<Session, 'rows'>, flow: Flow): Promise<Drift> => {
  const known = knownPaths(flow.extract);
  const fields = (await session.rows(driftedFields(flow))).map((row) => {
    const text = (column: string): string => toText(row[column] ?? null);
    return {
      what: text('WHAT'),
      path: text('PATH'),
      kind: text('KIND'),
      column: row['COLUMN_NAME'] === null ? null : text('COLUMN_NAME'),
      batchId: text('BATCH_ID'),
      since: text('SINCE'),
    };
  });
  const { drift: policy = 'ignore' } = flow.extract;
  return { policy, fields: fields.filter((it) => it.what !== 'appeared' || !known.has(it.path)) };
};
