import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn } from './judge-rows.ts';

/** DEFECTS of a document that could not be read at all, as extract spells them. */
const UNREADABLE = ['not JSON', 'not a JSON object'];

/** True for the verdicts of documents that go to quarantine. */
export const isRejected = (suite: Suite): Fragment =>
  fragment`(${join(
    [
      fragment`DEFECTS is not null`,
      ...suite.expectations.map((_, index) => fragment`${name(brokenColumn(index))} > 0`),
    ],
    ' or ',
  )})`;

export const isUnreadable: Fragment = fragment`coalesce(DEFECTS in (${join(
  UNREADABLE.map((it) => trusted(`'${it}'`)),
  ', ',
)}), false)`;

/** Sums the verdicts up: what was judged, and what is to be held back. */
export const sumVerdicts = (p: { readonly suite: Suite; readonly from: TableRef }): Statement => {
  const rejected = isRejected(p.suite);
  return sql('sum-verdicts')`
    select
      count(*) as DOCUMENTS,
      coalesce(sum(ROWS_JUDGED), 0) as ROWS_JUDGED,
      count_if(${rejected}) as REJECTED_DOCUMENTS,
      coalesce(sum(iff(${rejected}, ROWS_JUDGED, 0)), 0) as REJECTED_ROWS,
      count_if(${isUnreadable}) as UNREADABLE_DOCUMENTS
    from ${ident(p.from)}
  `;
};
