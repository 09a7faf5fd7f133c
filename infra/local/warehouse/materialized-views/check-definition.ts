import { unsupported } from '../catalog/errors.ts';
import type { StatementNames } from '../catalog/names.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogObject, TableObject } from '../catalog/object.ts';
import { SnowflakeError } from '../contract.ts';
import type { Guarded } from '../policies/policy-object.ts';
import { tokenize } from '../sql/lexer.ts';
import { AGGREGATES } from '../translation/functions/aggregates.ts';
import { isFlatten } from '../translation/flatten.ts';
import { parse } from '../translation/parse.ts';
import { prepare } from '../translation/prepare/prepare.ts';
import { kindOf, nodeAt, nodesAt, partsOf, shape } from '../translation/tree.ts';
import type { Node, Parts } from '../translation/tree.ts';

const ALLOWED = new Set(
  `APPROX_COUNT_DISTINCT HLL AVG BITAND_AGG BITANDAGG BIT_AND_AGG BIT_ANDAGG BITOR_AGG BITORAGG BIT_OR_AGG BIT_ORAGG BITXOR_AGG BITXORAGG BIT_XOR_AGG
   BIT_XORAGG COUNT COUNT_IF MAX MIN STDDEV STDDEV_SAMP STDDEV_POP SUM VARIANCE VARIANCE_SAMP VAR_SAMP VARIANCE_POP VAR_POP`.split(
    /\s+/,
  ),
);

const CHANGING = new Set(
  `CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP SYSDATE SYSTIMESTAMP GETDATE CURRENT_USER CURRENT_ROLE CURRENT_SESSION RANDOM
   UUID_STRING RANDSTR UNIFORM NORMAL SEQ1 SEQ2 SEQ4 SEQ8`.split(/\s+/),
);

/** What the parser calls the clauses that no materialized view has, and what they are called. */
const CLAUSES: readonly (readonly [part: string, name: string])[] = [
  ['with', 'WITH'],
  ['having', 'HAVING'],
  ['qualify', 'QUALIFY'],
  ['order_by', 'ORDER BY'],
  ['limit', 'LIMIT'],
  ['fetch', 'FETCH'],
  ['offset', 'OFFSET'],
  ['top', 'TOP'],
];

/** The only table that a materialized view's query reads; stops at all that Snowflake does not let such a query do. */
export const baseOf = (query: string, names: StatementNames, catalog: Catalog): TableObject => {
  checkWords(query, names);
  const tree = parse(prepare(tokenize(query), query, names));
  if (kindOf(tree) !== 'select') throw refused('Set operators are not allowed');
  const parts = partsOf(tree);
  for (const [part, name] of CLAUSES) if (isThere(parts[part])) throw refused(`${name} is not allowed`);
  const items = [...nodesAt(nodeAt(parts, 'from') ?? {}, 'expressions'), ...joined(parts)];
  const tables = items.filter((item) => !isFlatten(item));
  if (tables.length > 1) throw refused('More than one table referenced in the view definition');
  const [table] = tables;
  if (table === undefined || kindOf(table) !== 'table')
    throw refused('A table must be referenced in the view definition');
  checkGroups(parts);
  const name = [partsOf(table)['catalog'], partsOf(table)['schema'], partsOf(table)['name']].filter(Boolean);
  const relation = names.relation(name.map(folded));
  const found = relation && catalog.relation([relation.database, relation.schema, relation.name]);
  if (found?.kind !== 'TABLE') throw refused('Only a table can be referenced in the view definition');
  checkPolicies(query, found as CatalogObject<Guarded>);
  return found as TableObject;
};

const joined = (parts: Parts): Node[] => nodesAt(parts, 'joins').map((join) => nodeAt(join, 'this')!);

const isThere = (part: unknown): boolean => part !== undefined && part !== null && part !== false;

const folded = (identifier: unknown): string => {
  const { name, quoted } = identifier as { name: string; quoted: boolean };
  return quoted ? name : name.toUpperCase();
};

const checkWords = (query: string, names: StatementNames): void => {
  const tokens = tokenize(query);
  const words = tokens.map(({ kind, value }) => (kind === 'word' ? value : ''));
  if (words.filter((word) => word === 'SELECT').length > 1) throw refused('Subqueries are not allowed');
  for (const [i, word] of words.entries()) {
    const isCall = word !== '' && tokens[i + 1]?.text === '(';
    if (word === 'OVER' && isCall) throw refused('Window functions are not allowed');
    if (CHANGING.has(word)) throw refused(`The function ${word} is not deterministic`);
    if (!isCall) continue;
    if (Object.hasOwn(AGGREGATES, word) && (!ALLOWED.has(word) || words[i + 2] === 'DISTINCT'))
      throw refused(`The aggregate function ${word}${ALLOWED.has(word) ? '(DISTINCT)' : ''} is not allowed`);
    if (names.database !== undefined && names.schema !== undefined && names.routines([word]).length > 0)
      throw refused(`The user-defined function ${word} is not allowed`);
  }
};

/** Every key stands in the select list: as itself, or by its number or name there. */
const checkGroups = (parts: Parts): void => {
  const group = nodeAt(parts, 'group_by');
  if (group === undefined || group['all'] === true) return;
  const items = nodesAt(parts, 'expressions').map((item) =>
    kindOf(item) === 'alias' ? nodeAt(partsOf(item), 'this')! : item,
  );
  const names = nodesAt(parts, 'expressions').flatMap((item) =>
    kindOf(item) === 'alias' ? [folded(partsOf(item)['alias'])] : [],
  );
  for (const key of nodesAt(group, 'expressions')) {
    if (['rollup', 'cube', 'grouping_sets'].includes(kindOf(key)))
      throw refused(`GROUP BY ${kindOf(key).replaceAll('_', ' ').toUpperCase()} is not allowed`);
    const isItem = items.some((item) => shape(item) === shape(key));
    const isName = kindOf(key) === 'column' && names.includes(folded(partsOf(key)['name']));
    if (!isItem && !isName && kindOf(key) !== 'literal') throw refused('GROUP BY keys must be in the select list');
  }
};

const checkPolicies = (query: string, { details }: CatalogObject<Guarded>): void => {
  if (details.rowAccess !== undefined) throw unsupported('CREATE ON ROW ACCESS POLICY TABLE');
  const masked = details.columns.filter(({ masking }) => masking !== undefined).map(({ name }) => name);
  const tokens = tokenize(query);
  const star = tokens.some(({ text }, i) => text === '*' && tokens[i - 1]?.text !== '(');
  if (masked.length > 0 && (star || tokens.some(({ value }) => masked.includes(value))))
    throw unsupported('CREATE ON MASKING POLICY COLUMN');
};

const refused = (what: string): SnowflakeError =>
  new SnowflakeError('002212', '42601', `SQL compilation error:\nInvalid materialized view definition. ${what}.`);
