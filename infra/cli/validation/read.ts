import type { TableRef } from '../../../events/contract.ts';
import type { suiteResult } from '../../../services/validate/results/suite-result.ts';
import { validations } from '../../../services/validate/tables.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { Json, toText } from '../cells.ts';
import type { Flow } from '../flow/flow-tables.ts';
import type { Row, Session } from '../session.ts';
import { grouped } from '../view/numbers.ts';

type SuiteResult = ReturnType<typeof suiteResult>;
export type ExpectationResult = SuiteResult['results'][number];

/** What one validation found. */
export interface Found {
  readonly batchId: string;
  readonly attempt: number;
  readonly stage: string;
  readonly outcome: string;
  readonly validatedAt: string;
  readonly result: SuiteResult;
}

/** How many batches a trend looks back. */
export const TREND = 12;

const COLUMNS = sql('columns')`
  r.BATCH_ID, r.ATTEMPT, r.STAGE, r.OUTCOME, r.RESULT, to_char(r.VALIDATED_AT, 'YYYY-MM-DD HH24:MI:SS') as VALIDATED_AT
`;

const latestOf = (from: TableRef, batchId: string): Statement => sql('latest-validations')`
  select ${COLUMNS} from ${ident(from)} r
  where r.BATCH_ID = ${batchId}
  qualify row_number() over (partition by r.STAGE order by r.ATTEMPT desc, r.VALIDATED_AT desc) = 1
  order by r.VALIDATED_AT
`;

// A backfill's chunks are compared with each other: they judge history again, not what comes.
const lastBefore = (from: TableRef, { stage, validatedAt, result }: Found): Statement => sql('validations-before')`
  select ${COLUMNS} from ${ident(from)} r
  where r.STAGE = ${stage} and r.VALIDATED_AT < dateadd(second, 1, ${validatedAt}::timestamp_ntz)
    and equal_null(
      r.RESULT:meta:active_batch_definition:batch_identifiers:backfill::varchar,
      ${result.meta.active_batch_definition.batch_identifiers.backfill ?? null}
    )
  qualify row_number() over (order by r.VALIDATED_AT desc, r.BATCH_ID desc) <= ${TREND}
  order by r.VALIDATED_AT, r.BATCH_ID
`;

/** The validations of a batch's latest attempt, one a stage, in their order. */
export const readValidations = async (session: Session, flow: Flow, batchId: string): Promise<readonly Found[]> =>
  (await session.rows(latestOf(validations(flow.quarantine, flow.pipeline), batchId))).map(foundOf);

/** The validations of a stage up to one of them, the oldest first. */
export const readTrend = async (session: Session, flow: Flow, found: Found): Promise<readonly Found[]> =>
  (await session.rows(lastBefore(validations(flow.quarantine, flow.pipeline), found))).map(foundOf);

const foundOf = (row: Row): Found => {
  const text = (name: string): string => toText(row[name] ?? null);
  const result = row['RESULT'];
  return {
    batchId: text('BATCH_ID'),
    attempt: Number(text('ATTEMPT')),
    stage: text('STAGE'),
    outcome: text('OUTCOME'),
    validatedAt: text('VALIDATED_AT'),
    result: JSON.parse(result instanceof Json ? result.text : text('RESULT')) as SuiteResult,
  };
};

/** The share of good rows in percent; of what is about the whole batch, all or nothing. */
export const passRate = ({ success, result }: ExpectationResult): number => {
  if ('observed_value' in result) return success ? 100 : 0;
  return result.unexpected_percent === null ? 100 : 100 - result.unexpected_percent;
};

/** What an expectation is about, in a few words: its columns, or what its owner says of it. */
export const aboutOf = ({ expectation_config: { kwargs } }: ExpectationResult): string => {
  const { column, column_A: a, column_B: b, column_list: list, description } = kwargs;
  const named = [column, a, b, ...(Array.isArray(list) ? (list as unknown[]) : [])];
  const columns = named.filter((it) => typeof it === 'string').join(', ');
  return columns || (typeof description === 'string' ? description : '');
};

/** What was seen, in a few words. */
export const seenOf = ({
  result,
  expectation_config: {
    kwargs: { mostly },
  },
}: ExpectationResult): string =>
  'observed_value' in result
    ? JSON.stringify(result.observed_value)
    : `${grouped(result.unexpected_count)} of ${grouped(result.element_count)} unexpected${allowed(mostly)}`;

const allowed = (mostly: unknown): string =>
  typeof mostly === 'number' && mostly < 1 ? `, at least ${Number((mostly * 100).toFixed(6))}% must be good` : '';
