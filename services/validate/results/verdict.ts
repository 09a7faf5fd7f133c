import type { ValidationStage } from '../../../events/contract.ts';
import type { Verdict } from '../../../events/batch-failed.v1.ts';
import type { Finding } from './find-results.ts';

/** An event is small: so many broken expectations are told one by one. */
const TOLD = 20;

/** What stops a batch: the expectations of severity `fail` that are not met; undefined where there are none. */
export const verdictOf = (stage: ValidationStage, findings: readonly Finding[]): Verdict | undefined => {
  const broken = findings.filter((it) => !it.success && it.expectation.severity === 'fail');
  if (broken.length === 0) return undefined;
  return { stage, broken: broken.length, expectations: broken.slice(0, TOLD).map(told) };
};

const told = ({ expectation, result }: Finding): Verdict['expectations'][number] => {
  const { column: _, column_A: __, column_B: ___, column_list: ____, ...asked } = expectation.kwargs;
  return {
    rule: expectation.rule,
    ...(expectation.column !== null && { column: expectation.column.slice(0, 300) }),
    expected: JSON.stringify(asked).slice(0, 300),
    observed: observedText(result).slice(0, 300),
  };
};

const observedText = (result: Finding['result']): string =>
  'observed_value' in result
    ? JSON.stringify(result.observed_value)
    : `${result.unexpected_count} of ${result.element_count} rows unexpected`;

/** The verdict in words, the first of its expectations in full. */
export const verdictText = ({ stage, broken, expectations: [first] }: Verdict): string => {
  const about = first!.column === undefined ? '' : ` of ${first!.column}`;
  const more = broken > 1 ? `; and ${broken - 1} more` : '';
  return `${stage} rows: ${first!.rule}${about} expects ${first!.expected}, observed ${first!.observed}${more}`;
};
