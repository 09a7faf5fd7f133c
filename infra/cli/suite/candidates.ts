import { columnName } from '../../../services/validate/suites/kinds/arguments.ts';
import { formsOf } from './forms.ts';
import { candidateKeys } from './candidate-keys.ts';
import type { ColumnProfile, Profile } from './profile.ts';
import { roundOutward, roundUp } from './round-outward.ts';

/** An expectation that may be proposed, if the table meets it. */
export interface Candidate {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  /** What was seen is a guess at what may come: it is only told. */
  readonly isGuess: boolean;
  /** Of those that mean to say the same, the first that is met is proposed. */
  readonly instead?: string;
}

/** Fewer rows than this say nothing of what is rare. */
const MOSTLY_ROWS = 100;
const MOSTLY = 0.9;
const LONGEST_FORM = 300;

/** All that may be expected of a table like this one, the surest first of each column. */
export const candidatesOf = ({ rows, columns }: Profile): readonly Candidate[] => {
  const named = columns.filter(isNameable);
  const list = { column_set: named.map((it) => it.name), exact_match: false };
  return [
    ...(rows > 0 ? [sure('expect_table_row_count_to_be_between', { min_value: 1 })] : []),
    sure('expect_table_columns_to_match_set', list),
    ...named.flatMap((it) => ofColumn(it, rows)),
    ...candidateKeys({ rows, columns: named }).map((column_list) => ({
      ...sure('expect_compound_columns_to_be_unique', { column_list }),
      instead: 'key',
    })),
  ];
};

/** A suite reads names in small letters as case-insensitive ones. */
export const isNameable = ({ name }: { readonly name: string }): boolean => columnName(name) === name;

const sure = (type: string, kwargs: Candidate['kwargs']): Candidate => ({ type, kwargs, isGuess: false });
const guess = (type: string, kwargs: Candidate['kwargs']): Candidate => ({ type, kwargs, isGuess: true });

const ofColumn = (it: ColumnProfile, rows: number): readonly Candidate[] => {
  const column = it.name;
  const type_ = typeOf(it);
  return [
    ...(type_ === undefined ? [] : [sure('expect_column_values_to_be_of_type', { column, type_ })]),
    ...nullness(it, rows),
    ...(it.isUnique ? [sure('expect_column_values_to_be_unique', { column })] : []),
    ...(it.present === 0 ? [] : it.type === 'TEXT' ? ofText(it) : ofRange(it)),
  ];
};

/** Types by names that other tools know, too. */
const typeOf = ({ type, scale }: ColumnProfile): string | undefined => {
  if (type === 'NUMBER') return scale === 0 ? 'INTEGER' : 'DECIMAL';
  if (type === 'TEXT') return 'VARCHAR';
  if (type === 'OBJECT') return 'MAP';
  return /^(FLOAT|BOOLEAN|DATE|TIME|TIMESTAMP_(NTZ|LTZ|TZ)|VARIANT|ARRAY|BINARY)$/.test(type) ? type : undefined;
};

const nullness = ({ name: column, present }: ColumnProfile, rows: number): readonly Candidate[] => {
  if (rows === 0) return [];
  if (present === rows) return [sure('expect_column_values_to_not_be_null', { column })];
  const mostly = Math.floor((present / rows) * 100) / 100;
  const isMostlyThere = rows >= MOSTLY_ROWS && mostly >= MOSTLY;
  return isMostlyThere ? [guess('expect_column_values_to_not_be_null', { column, mostly })] : [];
};

const ofText = ({ name: column, ...it }: ColumnProfile): readonly Candidate[] => {
  if (it.values) return [guess('expect_column_values_to_be_in_set', { column, value_set: it.values })];
  const seen = [it.least!, it.greatest!];
  const forms = it.longest! > LONGEST_FORM ? [] : formsOf(seen);
  const found = forms.map(({ type, kwargs }) => ({
    ...sure(type, { column, ...kwargs }),
    instead: `form of ${column}`,
  }));
  return [...found, ...lengths(column, it.shortest!, it.longest!)];
};

const lengths = (column: string, shortest: number, longest: number): readonly Candidate[] => {
  if (longest === 0) return [];
  if (shortest === longest) return [guess('expect_column_value_lengths_to_equal', { column, value: longest })];
  const range = { ...(shortest > 0 && { min_value: 1 }), max_value: roundUp(longest) };
  return [guess('expect_column_value_lengths_to_be_between', { column, ...range })];
};

const ofRange = ({ name: column, type, least, greatest }: ColumnProfile): readonly Candidate[] => {
  const between = (range: object) => [guess('expect_column_values_to_be_between', { column, ...range })];
  if (type === 'NUMBER' || type === 'FLOAT') {
    const range = roundOutward(Number(least), Number(greatest));
    return Object.values(range).every(Number.isFinite) ? between(range) : [];
  }
  const year = /^\d{4}(?=-)/.exec(least ?? '')?.[0];
  // Time goes on: there is no last day.
  return year === undefined ? [] : between({ min_value: `${year}-01-01` });
};
