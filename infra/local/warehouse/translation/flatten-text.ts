import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { Carried } from './hoist.ts';
import { extract, pathSteps } from './rules/variant-paths.ts';
import type { Typed } from './types.ts';

export type FlattenColumn = 'SEQ' | 'KEY' | 'PATH' | 'INDEX' | 'VALUE' | 'THIS';

/** What one FLATTEN does, and which of its columns the query uses. */
export interface FlattenPlan {
  /** The document. */
  readonly input: Typed;
  readonly path: string;
  readonly mode: 'BOTH' | 'ARRAY' | 'OBJECT';
  readonly outer: boolean;
  readonly recursive: boolean;
  readonly used: Set<FlattenColumn>;
}

/** All elements of the array that an expression gives, in one reading of its document. */
const elements = ({ sql, within }: Typed): string =>
  within?.path.startsWith(`'$`)
    ? `json_extract(${within.document}, ${within.path.slice(0, -1)}[*]')`
    : `json_extract(${sql}, '$[*]')`;

/** Places without a value are passed over. */
const isPlace = (sql: string): string => `(_sf.is_gap(${sql}) IS NOT TRUE)`;

/** The FROM item of a FLATTEN, with the carried columns of the items before it. */
export const flattenText = (
  plan: FlattenPlan,
  carried: readonly Carried[],
  before: string | undefined,
  conditions: readonly string[],
  alias: string,
): string => {
  const found = plan.path ? extract(plan.input.sql, pathSteps(plan.path)) : plan.input;
  const document = found.sql;
  const uses = (...columns: FlattenColumn[]): boolean => columns.some((column) => plan.used.has(column));
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const from = before ? ` FROM ${before}` : '';
  const withObjects = plan.mode !== 'ARRAY';
  const needsDocument = uses('THIS') || plan.recursive;

  const below = [
    ...carried.map(({ name, sql }) => `${sql} AS ${name}`),
    ...(uses('SEQ') || plan.recursive ? ['row_number() OVER () AS seq'] : []),
    ...(needsDocument ? [`${document} AS doc`] : []),
    ...(plan.recursive ? [] : lists()),
  ];
  const names = carried.map(({ name }) => name);
  const s = `WITH s AS MATERIALIZED (SELECT ${below.length > 0 ? below.join(', ') : '1 AS one'}${from}${where})`;
  return `(${s} ${plan.recursive ? recursive() : flat()}) AS ${alias}`;

  function lists(): string[] {
    const array = elements(found);
    const values =
      plan.mode === 'OBJECT'
        ? `_sf.object_values(${document})`
        : withObjects
          ? `_sf.flatten_list(${array}, ${document})`
          : array;
    return [
      `${values} AS list`,
      ...(withObjects && uses('KEY', 'PATH', 'INDEX') ? [`_sf.flatten_keys(${document}) AS keys`] : []),
    ];
  }

  function flat(): string {
    const list = plan.outer ? '_sf.or_one(list)' : 'list';
    const keyed = withObjects && uses('KEY', 'PATH', 'INDEX');
    const inner = [
      ...names,
      ...(uses('SEQ') ? ['seq'] : []),
      ...(uses('THIS') ? ['doc'] : []),
      `unnest(${list}) AS value`,
      ...(uses('INDEX', 'PATH')
        ? [`unnest(_sf.places(list, ${plan.outer}, ${keyed ? 'keys IS NOT NULL' : 'FALSE'})) AS place`]
        : []),
      ...(keyed ? ['unnest(keys) AS key'] : []),
    ];
    const path = `_sf.flatten_path(${quoteString(plan.path)}, ${keyed ? 'key' : 'NULL'}, place)`;
    const outer = [
      ...names,
      ...(uses('SEQ') ? [`seq AS "SEQ"`] : []),
      ...(uses('KEY') ? [`${keyed ? 'key' : 'CAST(NULL AS VARCHAR)'} AS "KEY"`] : []),
      ...(uses('PATH') ? [`${path} AS "PATH"`] : []),
      ...(uses('INDEX') ? [`place AS "INDEX"`] : []),
      `value AS ${quoteIdentifier('VALUE')}`,
      ...(uses('THIS') ? [`doc AS "THIS"`] : []),
    ];
    return `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM s) AS e WHERE ${isPlace('value')}`;
  }

  function recursive(): string {
    const kept = `${plan.mode === 'BOTH' ? '' : ` AND t.inside = '${plan.mode}'`} AND ${isPlace('t.own')}`;
    const columns = [
      ...names.map((name) => `s.${name}`),
      ...(uses('SEQ') ? [`s.seq AS "SEQ"`] : []),
      `CASE WHEN t.inside = 'OBJECT' THEN t.key END AS "KEY"`,
      `_sf.tree_path(${quoteString(plan.path)}, t.fullkey) AS "PATH"`,
      `CASE WHEN t.inside = 'ARRAY' THEN CAST(t.key AS BIGINT) END AS "INDEX"`,
      `t.own AS "VALUE"`,
      `t.around AS "THIS"`,
    ];
    const tree = `SELECT json_extract(s.doc, j.fullkey) AS own, json_extract(s.doc, j.path) AS around, json_type(json_extract(s.doc, j.path)) AS inside, j.key, j.fullkey, j.id FROM json_tree(s.doc) AS j WHERE j.parent IS NOT NULL`;
    const join = plan.outer
      ? `LEFT JOIN LATERAL (${tree}) AS t ON TRUE${kept}`
      : `CROSS JOIN LATERAL (${tree}) AS t WHERE TRUE${kept}`;
    return `SELECT ${columns.join(', ')} FROM s ${join} ORDER BY s.seq, t.id`;
  }
};
