import type { TableRef } from '../../../events/contract.ts';
import type { Looked } from '../pipelines/known-paths.ts';
import { ident, path } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';

interface Params {
  readonly from: TableRef;
  readonly batchId: string;
  readonly looked: readonly Looked[];
  readonly explode: readonly [string, ...string[]] | undefined;
  readonly fields: TableRef;
}

/** How much of a batch is looked at, and of what is found: neither a large batch nor hostile keys make it long. */
const MOST_DOCUMENTS = trusted('1000');
const MOST_FOUND = trusted('500');
const MOST_KNOWN = trusted('5000');
const LONGEST_KEY = trusted('200');

/** The fields of the batch's first documents with the kinds of their values, those that were seen before, and how many documents were looked at. */
export const findFields = (p: Params): Statement => sql('find-fields')`
  with DOCS as (select SRC from ${ident(p.from)} where BATCH_ID = ${p.batchId} limit ${MOST_DOCUMENTS}),
  FOUND as (
    ${union(p.looked.map((it) => fieldsOf(it, p.explode)))}
  )
  (
    select 'found' as SIDE, PATH, iff(KIND in ('INTEGER', 'DECIMAL', 'DOUBLE'), 'NUMBER', KIND) as KIND, count(*) as TIMES
    from FOUND group by 1, 2, 3 order by TIMES desc, PATH limit ${MOST_FOUND}
  )
  union all
  (select 'known', PATH, KIND, 0 from ${ident(p.fields)} limit ${MOST_KNOWN})
  union all
  select 'documents', '', '', count(*) from DOCS
`;

const fieldsOf = ({ in: place, keys, prefix }: Looked, explode: Params['explode']): Fragment => {
  const [first, ...rest] = keys;
  const below = first === undefined ? fragment`` : fragment`${path([first, ...rest])}`;
  const named = fragment`${prefix} || left(e.KEY, ${LONGEST_KEY}) as PATH, typeof(e.VALUE) as KIND`;
  if (place === 'document' || !explode)
    return fragment`select ${named} from DOCS d, lateral flatten(input => d.SRC${below}, mode => 'OBJECT') e`;
  return fragment`select ${named} from DOCS d, lateral flatten(input => d.SRC${path(explode)}, mode => 'ARRAY') f,
      lateral flatten(input => f.VALUE${below}, mode => 'OBJECT') e`;
};

const union = (parts: readonly Fragment[]): Fragment => ({
  text: parts.map((it) => it.text).join('\n    union all\n    '),
  binds: parts.flatMap((it) => it.binds),
});

/** Remembers fields with the kinds of their values, once each. */
export const keepFields = (p: {
  readonly into: TableRef;
  readonly batchId: string;
  readonly fields: readonly {
    readonly what: string;
    readonly path: string;
    readonly kind: string;
    readonly column: string | null;
  }[];
  readonly now: Date;
}): Statement => {
  const rows = p.fields.map((it) => fragment`(${it.path}, ${it.kind}, ${it.what}, ${it.column})`);
  return sql('keep-fields')`
    insert into ${ident(p.into)} (PATH, KIND, WHAT, COLUMN_NAME, BATCH_ID, FIRST_SEEN)
    select v.PATH, v.KIND, v.WHAT, v.COLUMN_NAME, ${p.batchId}, ${p.now.toISOString()}::timestamp_ntz
    from (
      select $1::varchar as PATH, $2::varchar as KIND, $3::varchar as WHAT, $4::varchar as COLUMN_NAME from values ${join(rows, ', ')}
    ) v
    where not exists (select 1 from ${ident(p.into)} k where k.PATH = v.PATH and k.KIND = v.KIND)
  `;
};

/** The fields for which a history has got columns of its own. */
export const readEvolved = (p: { readonly from: TableRef }): Statement => sql('read-evolved')`
  select PATH, KIND, COLUMN_NAME from ${ident(p.from)} where COLUMN_NAME is not null order by FIRST_SEEN, PATH limit 100
`;

/** Adds a column to the history, with its owner's rights; one that is there stays. */
export const addColumn = (p: { readonly procedure: TableRef; readonly column: string }): Statement =>
  sql('add-column')`call ${ident(p.procedure)}(${p.column})`;
