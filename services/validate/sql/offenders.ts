import type { TableRef, ValidationStage } from '../../../events/contract.ts';
import { name } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn, judgingOf, rowsOf } from './judging.ts';

/** DEFECTS of a document that could not be read at all, as extract spells them. */
const UNREADABLE = ['not JSON', 'not a JSON object'];

export const isUnreadable: Fragment = fragment`coalesce(DEFECTS in (${join(
  UNREADABLE.map((it) => trusted(`'${it}'`)),
  ', ',
)}), false)`;

/** Where documents stand that are to be held back, and by which expectations, by their places in the suite. */
export interface Offending {
  readonly suite: Suite;
  readonly stage: ValidationStage;
  readonly from: TableRef;
  readonly held: readonly number[];
}

/** The documents of a stage, as `v`, with how many of their rows break each of the expectations that hold documents back. */
export const documentsOf = ({ suite, stage, from, held }: Offending): Fragment => {
  // Only what was broken is judged again, and it alone: a few columns of many.
  const judging = judgingOf({ expectations: held.map((it) => suite.expectations[it]!) });
  const key = name(suite.key);
  const columns = [
    fragment`t.ROW_VERSION`,
    fragment`min(t.${key}) as ${key}`,
    fragment`min(t.FILE_NAME) as FILE_NAME`,
    fragment`min(t.FILE_ROW_NUMBER) as FILE_ROW_NUMBER`,
    fragment`count(*) as ROWS_JUDGED`,
    fragment`${stage === 'extracted' ? trusted('min(t.DEFECTS)') : trusted('null::varchar')} as DEFECTS`,
    ...[...judging.broken].map(([at, it]) => fragment`count_if(${it}) as ${name(brokenColumn(held[at]!))}`),
  ];
  return fragment`(
  select
    ${join(columns, ',\n  ')}
  from ${rowsOf(judging, from)}
  group by t.ROW_VERSION
) v`;
};

/** True for the documents `v` that go to quarantine. */
export const isOffender = ({ held }: Pick<Offending, 'held'>): Fragment =>
  fragment`(${join([trusted('v.DEFECTS is not null'), ...held.map((it) => fragment`v.${name(brokenColumn(it))} > 0`)], ' or ')})`;
