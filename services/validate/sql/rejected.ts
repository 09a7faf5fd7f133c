import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn, judgingOf, type Judging } from './judging.ts';

/** DEFECTS of a document that could not be read at all, as extract spells them. */
const UNREADABLE = ['not JSON', 'not a JSON object'];

export const isUnreadable: Fragment = fragment`coalesce(DEFECTS in (${join(
  UNREADABLE.map((it) => trusted(`'${it}'`)),
  ', ',
)}), false)`;

/**
 * The column that says whether an expectation holds a document back; those that allow some bad rows have one, which knows of all documents.
 * @example heldColumn(0) // 'HELD_1'
 */
export const heldColumn = (index: number): string => `HELD_${index + 1}`;

/** True for the verdicts that an expectation holds back. */
export const isHeldBy = (suite: Suite, index: number): Fragment =>
  allowsSome(suite, index) ? fragment`v.${name(heldColumn(index))}` : fragment`v.${name(brokenColumn(index))} > 0`;

/** All verdicts, as `v`, with HELD_ columns where more than a verdict's own rows must be known. */
export const verdictsOf = (suite: Suite, from: TableRef): Fragment => {
  const judging = judgingOf(suite);
  const held = suite.expectations.flatMap((_, index) =>
    allowsSome(suite, index) ? [fragment`${isTooMany(suite, judging, index)} as ${name(heldColumn(index))}`] : [],
  );
  return held.length === 0
    ? fragment`${ident(from)} v`
    : fragment`(select ${join([trusted('v.*'), ...held], ', ')} from ${ident(from)} v) v`;
};

/** True for the verdicts of documents that go to quarantine. */
export const isRejected = (suite: Suite): Fragment => {
  const holding = suite.expectations.flatMap((it, index) =>
    it.severity === 'quarantine' ? [isHeldBy(suite, index)] : [],
  );
  return fragment`(${join([fragment`v.DEFECTS is not null`, ...holding], ' or ')})`;
};

const allowsSome = ({ expectations }: Suite, index: number): boolean => {
  const { severity, mostly } = expectations[index]!;
  return severity === 'quarantine' && mostly < 1;
};

// In doubles, as Great Expectations divides, so that the edge is the same.
const isTooMany = ({ expectations }: Suite, { counts }: Judging, index: number): Fragment => {
  const broken = fragment`v.${name(brokenColumn(index))}`;
  const judged = fragment`sum(${judgedRows(counts.get(index)!)}) over ()`;
  const good = fragment`(${judged} - sum(${broken}) over ())::float`;
  return fragment`(${broken} > 0 and ${good} / nullif(${judged}, 0)::float < ${expectations[index]!.mostly}::float)`;
};

/** How many rows of a verdict had something to judge. */
const judgedRows = ({ rows, missing }: { readonly rows: string | null; readonly missing: string | null }): Fragment => {
  const all = rows === null ? fragment`v.ROWS_JUDGED` : fragment`v.${name(rows)}`;
  return missing === null ? all : fragment`${all} - v.${name(missing)}`;
};
