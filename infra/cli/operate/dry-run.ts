import { BatchId, type TableRef, type ValidationStage } from '../../../events/contract.ts';
import { handedColumns } from '../../../services/extract/pipelines/handed-columns.ts';
import { normalizeDocuments } from '../../../services/extract/sql/normalize-documents.ts';
import { pipelineOf as transformOf } from '../../../services/transform/pipelines/registry.ts';
import { applyRules } from '../../../services/transform/sql/apply-rules.ts';
import { findResults, holding } from '../../../services/validate/results/find-results.ts';
import { judgeRows } from '../../../services/validate/sql/judge-rows.ts';
import { reasons } from '../../../services/validate/sql/reasons.ts';
import { documentsOf, isOffender, type Offending } from '../../../services/validate/sql/offenders.ts';
import { suiteOf } from '../../../services/validate/suites/registry.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { fragment, sql, type Statement } from '../../../shared/sql/statement.ts';
import { sibling, tableName } from '../../../shared/sql/table.ts';
import { toText } from '../cells.ts';
import type { Flow } from '../flow/flow-tables.ts';
import { takeHeld } from '../flow/held-documents.ts';
import type { Row, Session } from '../session.ts';

const TRIAL = BatchId.parse('DRY_RUN');

/** One rule that held documents back, and what it would do now. */
export interface RuleTrial {
  readonly rule: string;
  readonly column: string | null;
  /** Held documents that broke it, those of them that nothing would hold now, and those that still break it. */
  readonly documents: number;
  readonly pass: number;
  readonly stillBreak: number;
}

/** What would become of everything that is held, if it were released now. */
export interface Trial {
  readonly pipeline: string;
  readonly held: number;
  readonly pass: number;
  readonly rules: readonly RuleTrial[];
}

/** Judges what is held by today's definition, rules and suites, in tables that this session alone sees and that end with it. */
export const dryRun = async (session: Pick<Session, 'rows'>, flow: Flow): Promise<Trial> => {
  const { pipeline } = flow;
  const at = (...parts: string[]): TableRef => sibling(flow.quarantine, tableName(pipeline, 'DRY_RUN', ...parts));
  const [source, normalized, transformed] = [at('SOURCE'), at('NORMALIZED'), at('TRANSFORMED')];
  const judge = async (stage: ValidationStage, from: TableRef): Promise<Judged> => {
    const suite = suiteOf(pipeline, stage);
    const [sums] = await session.rows(judgeRows({ suite, stage, from }));
    const offending = { suite, stage, from, held: holding(findResults(suite, sums!, [])) };
    const offenders = at('OFFENDERS', stage);
    await session.rows(keepOffenders(offending, offenders));
    return { ...offending, offenders };
  };

  await session.rows(takeHeld(flow, source, TRIAL));
  const extract = { pipeline: flow.extract, from: source, into: normalized, batchId: TRIAL };
  await session.rows(temporary(normalizeDocuments(extract)));
  const first = await judge('extracted', normalized);
  const documents = count((await session.rows(size(first.offenders)))[0]?.['N'] ?? null);
  const validated = { stage: 'extracted' as const, quarantine: first.offenders, quarantined: { documents } };
  const rules = { pipeline: transformOf(pipeline), batchId: TRIAL, from: normalized, validated, into: transformed };
  await session.rows(temporary(applyRules(rules)));
  const second = await judge('transformed', transformed);
  const trial = { flow, source, first, second };
  const [sums] = await session.rows(sumTrial(trial));
  return {
    pipeline,
    held: count(sums?.['HELD'] ?? null),
    pass: count(sums?.['PASS'] ?? null),
    rules: (await session.rows(trialRules(trial))).map(ruleOf),
  };
};

/** The same statement for a table of this session alone: what services hand over would outlast it. */
const temporary = (statement: Statement): Statement => {
  const text = statement.text.replace(/^create or replace transient table/, 'create or replace temporary table');
  if (text === statement.text)
    throw new Error(`${statement.name} creates no transient table: it would leave one behind`);
  return { ...statement, text };
};

// In the quarantine's shape, as far as the services that come after it look at that.
const keepOffenders = (offending: Offending, into: TableRef): Statement => sql('keep-offenders')`
  create or replace temporary table ${ident(into)} as
  select ${TRIAL} as BATCH_ID, ${offending.stage} as STAGE, v.*
  from ${documentsOf(offending)}
  where ${isOffender(offending)}
`;

const size = (table: TableRef): Statement => sql('size')`select count(*) as N from ${ident(table)}`;

interface Judged extends Offending {
  /** Where the documents are that would be held. */
  readonly offenders: TableRef;
}

interface TrialTables {
  readonly flow: Flow;
  readonly source: TableRef;
  readonly first: Judged;
  readonly second: Judged;
}

const again = ({ flow, first, second }: TrialTables) => {
  const columns = handedColumns(flow.extract);
  const broken = ({ suite, held, offenders }: Judged) =>
    fragment`select v.FILE_NAME, v.FILE_ROW_NUMBER, ${reasons(suite, held, columns)} as REASONS from ${ident(offenders)} v`;
  return fragment`${broken(first)} union all ${broken(second)}`;
};

const sumTrial = (trial: TrialTables): Statement => sql('sum-trial')`
  with AGAIN as (${again(trial)})
  select count(*) as HELD, count_if(a.FILE_NAME is null) as PASS
  from ${ident(trial.source)} s
  left join AGAIN a on a.FILE_NAME = s.FILE_NAME and a.FILE_ROW_NUMBER = s.FILE_ROW_NUMBER
`;

const trialRules = (trial: TrialTables): Statement => sql('trial-rules')`
  with AGAIN as (${again(trial)}),
  BROKEN as (
    select distinct a.FILE_NAME, a.FILE_ROW_NUMBER, r.VALUE:rule::varchar as RULE, coalesce(r.VALUE:column::varchar, '') as COL
    from AGAIN a, lateral flatten(input => a.REASONS) r
  ),
  HELD as (
    select distinct s.DOCUMENT_ID, s.FILE_NAME, s.FILE_ROW_NUMBER, r.VALUE:rule::varchar as RULE,
      coalesce(r.VALUE:column::varchar, '') as COL
    from ${ident(trial.source)} s, lateral flatten(input => s.REASONS) r
  )
  select h.RULE, nullif(h.COL, '') as COL, count(*) as DOCUMENTS, count_if(a.FILE_NAME is null) as PASS,
    count_if(b.FILE_NAME is not null) as STILL_BREAK
  from HELD h
  left join AGAIN a on a.FILE_NAME = h.FILE_NAME and a.FILE_ROW_NUMBER = h.FILE_ROW_NUMBER
  left join BROKEN b on b.FILE_NAME = h.FILE_NAME and b.FILE_ROW_NUMBER = h.FILE_ROW_NUMBER and b.RULE = h.RULE and b.COL = h.COL
  group by h.RULE, h.COL
  order by DOCUMENTS desc, h.RULE, h.COL
`;

const ruleOf = (row: Row): RuleTrial => ({
  rule: toText(row['RULE'] ?? null),
  column: row['COL'] === null ? null : toText(row['COL'] ?? null),
  documents: count(row['DOCUMENTS'] ?? null),
  pass: count(row['PASS'] ?? null),
  stillBreak: count(row['STILL_BREAK'] ?? null),
});
