import type { HandedColumns } from '../../../events/contract.ts';
import { name } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { columnName } from '../suites/kinds/arguments.ts';
import { brokenColumn } from './judging.ts';
import { isUnreadable } from './offenders.ts';

/** The rule of documents whose values could not be read as what they should be. */
export const READABLE = 'readable';

const NOT_NULL = 'expect_column_values_to_not_be_null';

/** Every reason why document `v` is held: rule and its version, column, path, the kind of the value, and how many rows. */
export const reasons = (suite: Suite, held: readonly number[], columns: HandedColumns): Fragment =>
  fragment`array_compact(array_construct(${join([...defects(columns), ...broken(suite, held, columns)], ', ')}))`;

// A document that is unreadable as a whole has no columns, so that their being missing says nothing.
const broken = (suite: Suite, held: readonly number[], columns: HandedColumns): readonly Fragment[] =>
  held.map((index) => {
    const { rule, column: spelled, reason } = suite.expectations[index]!;
    const column = spelled && spelled.split(', ').map(columnName).join(', ');
    const found = name(brokenColumn(index));
    const { path, type } = whereabouts(column, columns);
    const kind = rule === NOT_NULL ? 'NULL_VALUE' : type;
    // What could not be read is missing for that reason, which is told.
    const told = rule === NOT_NULL ? columns.filter((it) => it.name === column).map(isTold) : [];
    const unless = [isUnreadable, ...told].map((it) => fragment`not ${it}`);
    return fragment`iff(v.${found} > 0 and ${join(unless, ' and ')}, object_construct('rule', ${rule}, 'version', ${suite.version}, 'column', ${column}, 'path', ${path}, 'type', ${kind}, 'reason', ${reason}, 'rows', v.${found}), null)`;
  });

const isTold = ({ name: column, type }: HandedColumns[number]): Fragment =>
  fragment`coalesce(contains(', ' || v.DEFECTS, ${messageOf(column, type)}), false)`;

const messageOf = (column: string, type: string): string => `, ${column} is not a ${type}`;

const whereabouts = (column: string | null, columns: HandedColumns) => {
  const of = (column ?? '').split(', ').flatMap((it) => columns.find((known) => known.name === it) ?? []);
  const all = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '));
  return { path: all(of.map((it) => it.path)), type: all(of.map((it) => it.type)) };
};

// Extract writes "QUANTITY is not a NUMBER(10,0) but VARCHAR"; what is about no column stays one text.
const defects = (columns: HandedColumns): readonly Fragment[] => {
  const known = columns.map(({ name: column, type, path }) => {
    const message = messageOf(column, type);
    const isFound = fragment`contains(', ' || v.DEFECTS, ${message})`;
    const kind = fragment`nullif(split_part(split_part(', ' || v.DEFECTS, ${`${message} but `}, 2), ',', 1), '')`;
    const reason = `is not a ${type}`;
    return {
      isFound,
      told: fragment`iff(${isFound}, object_construct('rule', '${trusted(READABLE)}', 'column', ${column}, 'path', ${path}, 'type', ${kind}, 'reason', ${reason}), null)`,
    };
  });
  const many = [trusted('0'), ...known.map(({ isFound }) => fragment`iff(${isFound}, 1, 0)`)];
  const rest = fragment`iff(v.DEFECTS is not null and array_size(split(v.DEFECTS, ', ')) > ${sum(many)}, object_construct('rule', '${trusted(READABLE)}', 'reason', v.DEFECTS), null)`;
  return [rest, ...known.map((it) => it.told)];
};

const sum = (parts: readonly Fragment[]): Fragment => ({
  text: parts.map((it) => it.text).join(' + '),
  binds: parts.flatMap((it) => it.binds),
});
