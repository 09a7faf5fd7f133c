import type { Backfill, Envelope, TableRef, ValidationStage } from '../../../events/contract.ts';
import type { Suite } from '../suites/compile-suite.ts';
import type { Finding } from './find-results.ts';

/** A validation as its result says it. */
export interface Validation {
  readonly suite: Suite;
  readonly stage: ValidationStage;
  readonly batch: Envelope;
  /** Of a chunk of one. */
  readonly backfill?: Backfill | undefined;
  readonly table: TableRef;
  readonly findings: readonly Finding[];
  readonly now: Date;
}

/** The result in Great Expectations' ExpectationSuiteValidationResult format; it holds figures, and no text out of the data. */
export const suiteResult = ({ suite, stage, batch, backfill, table, findings, now }: Validation) => {
  const successful = findings.filter((it) => it.success).length;
  return {
    success: successful === findings.length,
    suite_name: suite.name,
    results: findings.map(({ expectation, success, result }) => ({
      success,
      expectation_config: {
        type: expectation.rule,
        kwargs: expectation.kwargs,
        meta: { ...expectation.meta, severity: expectation.severity },
        ...(expectation.id !== undefined && { id: expectation.id }),
      },
      result,
      meta: {},
      exception_info: { raised_exception: false, exception_message: null, exception_traceback: null },
    })),
    suite_parameters: {},
    statistics: {
      evaluated_expectations: findings.length,
      successful_expectations: successful,
      unsuccessful_expectations: findings.length - successful,
      success_percent: findings.length === 0 ? null : (successful / findings.length) * 100,
    },
    meta: {
      run_id: { run_name: `${batch.batchId}/${batch.attempt}/${stage}`, run_time: now.toISOString() },
      validation_time: now.toISOString(),
      active_batch_definition: {
        datasource_name: 'firn',
        data_connector_name: batch.pipeline,
        data_asset_name: table,
        batch_identifiers: {
          batch_id: batch.batchId,
          attempt: batch.attempt,
          stage,
          ...(backfill && { backfill: backfill.id }),
        },
      },
      suite_version: suite.version,
    },
    batch_id: batch.batchId,
    result_url: null,
    id: null,
  };
};
