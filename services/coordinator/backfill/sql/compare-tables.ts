import type { TableRef, TableShape } from '../../../../events/contract.ts';
import { ident, name } from '../../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../../shared/sql/statement.ts';
import { within, type Days } from './claim-documents.ts';

/** What both sides of a comparison are. */
export interface Comparison extends Days {
  readonly backfillId: string;
  readonly shape: TableShape;
  readonly batches: TableRef;
  readonly dateColumn: string;
  /** False where there is no live table yet: everything is new then. */
  readonly isLive: boolean;
  readonly tolerances: Readonly<Record<string, number>>;
  /** Columns that are expected to differ. */
  readonly announced: readonly string[];
}

// Which batch brought a row differs by nature: a chunk did.
const NOT_COMPARED = 'BATCH_ID';
const SAMPLES = 5;

/** The columns that are compared, in the order in which a hash reads them. */
export const comparedColumns = ({ columns }: Pick<TableShape, 'columns'>) =>
  columns.filter((it) => it.name !== NOT_COMPARED);

const isNumber = (type: string): boolean => type.startsWith('NUMBER');

/** Rows, one hash over the explicit columns, and the sum of each number, of the live side and the rebuilt one. */
export const measureTables = (c: Comparison): Statement => {
  const columns = comparedColumns(c.shape);
  const sums = columns
    .filter((it) => isNumber(it.type))
    .map((it) => fragment`, sum(${name(it.name)})::varchar as ${name(`SUM_${it.name}`)}`);
  const figures = fragment`count(*) as ROWS_COUNTED, hash_agg(${join(
    columns.map((it) => fragment`${name(it.name)}`),
    ', ',
  )})::varchar as CONTENT${join(sums, '\n')}`;
  return sql('measure-tables')`
    with ${sides(c)}
    select 'live' as SIDE, ${figures} from LIVE
    union all
    select 'rebuilt' as SIDE, ${figures} from REBUILT
  `;
};

/** What was added, removed and changed, row by row and column by column; rows that share a key, or have none, apart. */
export const countDifferences = (c: Comparison): Statement => {
  const counts = valueColumns(c).flatMap(({ column, differs, exceeds }, at) => [
    fragment`, count_if(${both} and ${differs}) as ${name(`CHANGED_${at}`)}`,
    ...(column.name in c.tolerances ? [fragment`, count_if(${both} and ${exceeds}) as ${name(`EXCEEDS_${at}`)}`] : []),
  ]);
  return sql('count-differences')`
    with ${sides(c)}, ${joinable(c)}
    select
      count_if(l.FOUND is null) as ADDED, count_if(r.FOUND is null) as REMOVED, count_if(${both}) as MATCHED,
      count_if(${both} and (${anyDiffers(c)})) as CHANGED,
      (select count_if(not ALONE and KEYED) from LIVE_KEYS) as LIVE_DUPLICATES,
      (select count_if(not ALONE and KEYED) from REBUILT_KEYS) as REBUILT_DUPLICATES,
      (select count_if(not KEYED) from LIVE_KEYS) as LIVE_WITHOUT_KEY,
      (select count_if(not KEYED) from REBUILT_KEYS) as REBUILT_WITHOUT_KEY,
      (select ${apart(c)} from LIVE_KEYS where not (ALONE and KEYED)) as LIVE_APART,
      (select ${apart(c)} from REBUILT_KEYS where not (ALONE and KEYED)) as REBUILT_APART
      ${join(counts, '\n')}
    from ${joined(c)}
  `;
};

/** A few rows of each kind of difference: their key, and each column that differs with both its values. */
export const sampleDifferences = (c: Comparison): Statement => {
  const keys = c.shape.key.map((it) => fragment`coalesce(l.${name(it)}, r.${name(it)})::varchar`);
  const changes = valueColumns(c).map(
    ({ column, differs }) =>
      fragment`iff(${both} and ${differs}, object_construct_keep_null('column', ${column.name}, 'live', l.${name(column.name)}::varchar, 'rebuilt', r.${name(column.name)}::varchar), null)`,
  );
  return sql('sample-differences')`
    with ${sides(c)}, ${joinable(c)}, FOUND as (
      select
        case when l.FOUND is null then 'added' when r.FOUND is null then 'removed' else 'changed' end as KIND,
        to_json(array_construct(${join(keys, ', ')})) as ROW_KEY,
        to_json(array_compact(array_construct(${join(changes, ',\n  ')}))) as CHANGES
      from ${joined(c)}
      where not ${both} or ${anyDiffers(c)}
    )
    select KIND, ROW_KEY, CHANGES from FOUND
    qualify row_number() over (partition by KIND order by ROW_KEY) <= ${trusted(String(SAMPLES))}
    order by KIND, ROW_KEY
  `;
};

// Rows that can't be told apart are held against each other all at once, but for what is announced of them.
const apart = (c: Comparison): Fragment => {
  const columns = comparedColumns(c.shape).filter((it) => !c.announced.includes(it.name));
  return fragment`hash_agg(${join(
    columns.map((it) => fragment`${name(it.name)}`),
    ', ',
  )})::varchar`;
};

const both = fragment`(l.FOUND and r.FOUND)`;

const sides = (c: Comparison): Fragment => {
  const columns = join(
    comparedColumns(c.shape).map((it) => fragment`${name(it.name)}`),
    ', ',
  );
  const days = within(fragment`${name(c.dateColumn)}`, c);
  const replaced = fragment`BATCH_ID in (select BATCH_ID from ${ident(c.batches)} where BACKFILL_ID = ${c.backfillId})`;
  const live = c.isLive
    ? fragment`select ${columns} from ${ident(c.shape.live)} where ${join([replaced, ...days], ' and ')}`
    : fragment`select ${columns} from ${ident(c.shape.shadow)} where false`;
  const own = fragment`startswith(BATCH_ID, ${`${c.backfillId}_C`})`;
  return fragment`LIVE as (${live}), REBUILT as (
      select ${columns} from ${ident(c.shape.shadow)} where ${join([own, ...days], ' and ')}
    )`;
};

const joinable = ({ shape }: Comparison): Fragment => {
  const keys = shape.key.map((it) => fragment`${name(it)}`);
  const keyed = join(
    keys.map((it) => fragment`${it} is not null`),
    ' and ',
  );
  const side = (table: Fragment): Fragment =>
    fragment`${table}_KEYS as (
      select *, true as FOUND, ${keyed} as KEYED, count(*) over (partition by ${join(keys, ', ')}) = 1 as ALONE from ${table}
    )`;
  return fragment`${side(fragment`LIVE`)}, ${side(fragment`REBUILT`)}`;
};

const joined = ({ shape }: Comparison): Fragment => {
  const sameKey = join(
    shape.key.map((it) => fragment`l.${name(it)} = r.${name(it)}`),
    ' and ',
  );
  return fragment`(select * from LIVE_KEYS where ALONE and KEYED) l
    full outer join (select * from REBUILT_KEYS where ALONE and KEYED) r on ${sameKey}`;
};

const valueColumns = (c: Comparison) =>
  comparedColumns(c.shape)
    .filter((it) => !c.shape.key.includes(it.name))
    .map((column) => {
      const [live, rebuilt] = [fragment`l.${name(column.name)}`, fragment`r.${name(column.name)}`];
      const differs = fragment`${live} is distinct from ${rebuilt}`;
      const tolerance = isNumber(column.type) ? c.tolerances[column.name] : undefined;
      // A value against none is a difference that no tolerance covers.
      const exceeds =
        tolerance === undefined
          ? differs
          : fragment`(${differs} and coalesce(abs(${live} - ${rebuilt}) > ${tolerance}, true))`;
      return { column, differs, exceeds };
    });

const anyDiffers = (c: Comparison): Fragment => {
  const all = valueColumns(c).map((it) => it.differs);
  return all.length === 0 ? fragment`false` : fragment`(${join(all, ' or ')})`;
};
