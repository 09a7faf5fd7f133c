import type { TableRef } from '../../../events/contract.ts';
import type { JudgedColumn } from '../../../services/validate/suites/expectation.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { Json, toText, type Cell } from '../cells.ts';
import type { Row, Session } from '../session.ts';

/** What a table holds in one of its columns. */
export interface ColumnProfile extends JudgedColumn {
  readonly present: number;
  /** How many values it has, about; null where values of its type are not compared. */
  readonly distinct: number | null;
  /** Of text as much as tells its form. */
  readonly least: string | null;
  readonly greatest: string | null;
  readonly shortest: number | null;
  readonly longest: number | null;
  /** All its values, where they are few texts. */
  readonly values: readonly string[] | null;
  /** Each row has a value of its own. */
  readonly isUnique: boolean;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

/** So many values at most are worth a list, and each must come about so often. */
const MOST_VALUES = 25;
const OFTEN = 5;
/** An estimate of how many values there are may be wrong by so much. */
const ROUGHLY = 0.8;
const SHOWN = 300;

const COMPARED = /^(NUMBER|FLOAT|TEXT|DATE|TIMESTAMP)/;

/** Looks at a table in two scans: at each column first, then at what the first look has made worth knowing exactly. */
export const profileTable = async (
  session: Pick<Session, 'rows'>,
  table: TableRef,
  columns: readonly JudgedColumn[],
): Promise<Profile> => {
  const [seen] = await session.rows(lookAt(table, columns));
  const rows = count(seen!['N'] ?? null);
  const rough = columns.map((column, at) => roughOf(column, seen!, at));
  const exact = exactly(table, rough, rows);
  const [found] = exact ? await session.rows(exact) : [];
  return { rows, columns: rough.map((it, at) => ({ ...it, ...exactOf(found ?? {}, at, rows) })) };
};

type Rough = Omit<ColumnProfile, 'values' | 'isUnique'>;

const lookAt = (table: TableRef, columns: readonly JudgedColumn[]): Statement => {
  const asked = columns.flatMap(({ name: column, type }, at) => {
    const value = fragment`t.${name(column)}`;
    const of = (what: string, it: Fragment): Fragment => fragment`${it} as ${name(`${what}_${at}`)}`;
    const few = (it: Fragment): Fragment =>
      type === 'TEXT' ? fragment`left(${it}, ${SHOWN})` : fragment`${it}::varchar`;
    return [
      of('PRESENT', fragment`count(${value})`),
      ...(COMPARED.test(type)
        ? [
            of('DISTINCT', fragment`approx_count_distinct(${value})`),
            of('LEAST', few(fragment`min(${value})`)),
            of('GREATEST', few(fragment`max(${value})`)),
          ]
        : []),
      ...(type === 'TEXT'
        ? [of('SHORTEST', fragment`min(length(${value}))`), of('LONGEST', fragment`max(length(${value}))`)]
        : []),
    ];
  });
  return sql('profile-table')`select ${join([trusted('count(*) as N'), ...asked], ',\n  ')} from ${ident(table)} t`;
};

const roughOf = (column: JudgedColumn, seen: Row, at: number): Rough => {
  const cell = (what: string): Cell => seen[`${what}_${at}`] ?? null;
  const number = (what: string): number | null => (cell(what) === null ? null : Number(toText(cell(what))));
  const text = (what: string): string | null => (cell(what) === null ? null : toText(cell(what)));
  return {
    ...column,
    present: number('PRESENT') ?? 0,
    distinct: number('DISTINCT'),
    least: text('LEAST'),
    greatest: text('GREATEST'),
    shortest: number('SHORTEST'),
    longest: number('LONGEST'),
  };
};

/** What is worth a second look: lists of few texts, and whether what seems to differ in each row does. */
const exactly = (table: TableRef, columns: readonly Rough[], rows: number): Statement | undefined => {
  const asked = columns.flatMap((it, at) => {
    const value = fragment`t.${name(it.name)}`;
    const isFew = it.type === 'TEXT' && it.distinct! * ROUGHLY <= MOST_VALUES && (it.longest ?? 0) <= SHOWN;
    if (isFew && it.distinct! * OFTEN * ROUGHLY <= it.present)
      return [fragment`array_agg(distinct ${value}) within group (order by ${value}) as ${name(`VALUES_${at}`)}`];
    const mayBeUnique = rows > 1 && it.present === rows && (it.distinct ?? 0) >= rows * ROUGHLY;
    return mayBeUnique ? [fragment`count(distinct ${value}) as ${name(`EXACT_${at}`)}`] : [];
  });
  return asked.length === 0 ? undefined : sql('profile-exactly')`select ${join(asked, ',\n  ')} from ${ident(table)} t`;
};

const exactOf = (found: Row, at: number, rows: number): Pick<ColumnProfile, 'values' | 'isUnique'> => {
  const [listed, exact] = [found[`VALUES_${at}`], found[`EXACT_${at}`]];
  const values = listed instanceof Json ? (JSON.parse(listed.text) as string[]) : [];
  return {
    values: values.length > 0 && values.length <= MOST_VALUES ? values : null,
    isUnique: exact !== undefined && exact !== null && Number(toText(exact)) === rows,
  };
};
